import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import {
  anything,
  boolean,
  byType,
  exactlyOne,
  integer,
  list,
  object,
  oneOf,
  type Rule,
  type Shape,
  string,
} from './rules.ts';
import { confirm, plainText, text } from './text-rules.ts';

const { block, button, choices, image, input, option, overflow, select } = SLACK_LIMITS;

const type = anything;
const action_id = string({ max: block.actionId });
const placeholder = plainText(input.placeholder);
const focus_on_load = boolean;

function optionWith(label: Rule): Rule {
  return object({
    required: { text: label, value: string({ max: option.value }) },
    optional: { description: text(option.description), url: string({ max: button.url }) },
  });
}

const plainOption = optionWith(plainText(option.text));
const anyOption = optionWith(text(option.text));

const optionGroup = object({
  required: { label: plainText(select.groupLabel), options: list(plainOption, { max: select.options }) },
});

/** What `block_suggestion` may be answered with. */
export const suggestedOptions: Rule = object({
  optional: {
    options: list(plainOption, { max: select.options, min: 0 }),
    option_groups: list(optionGroup, { max: select.groups, min: 0 }),
  },
  also: exactlyOne('options', 'option_groups'),
});

function element(optional: Readonly<Record<string, Rule>>, more: Omit<Shape, 'optional'> = {}): Rule {
  return object({
    required: { type, ...more.required },
    optional: { action_id, confirm, focus_on_load, ...optional },
    ...(more.also ? { also: more.also } : {}),
  });
}

const OPTIONS = {
  options: list(plainOption, { max: select.options }),
  option_groups: list(optionGroup, { max: select.groups }),
};
const max_selected_items = integer({ min: 1, max: 100 });
const CONVERSATIONS = { default_to_current_conversation: boolean, response_url_enabled: boolean, filter: anything };
const label = { required: { text: plainText(button.text) } };
const accessibility_label = string({ max: button.accessibilityLabel });
const listedChoices = { required: { options: list(anyOption, { max: choices.options }) } };

export const imageElement: Rule = object({
  required: { type, alt_text: string({ max: image.altText }) },
  optional: { image_url: string({ max: image.url }), slack_file: anything },
  also: exactlyOne('image_url', 'slack_file'),
});

export const buttonElement: Rule = element(
  {
    value: string({ max: button.value }),
    url: string({ max: button.url }),
    style: oneOf('primary', 'danger'),
    accessibility_label,
  },
  label,
);

/** Selects, pickers, checkboxes and radio buttons: in sections, actions and inputs. */
const MENUS: Record<string, Rule> = {
  static_select: element(
    { placeholder, ...OPTIONS, initial_option: plainOption },
    { also: exactlyOne('options', 'option_groups') },
  ),
  multi_static_select: element(
    { placeholder, ...OPTIONS, initial_options: list(plainOption), max_selected_items },
    { also: exactlyOne('options', 'option_groups') },
  ),
  external_select: element({ placeholder, initial_option: plainOption, min_query_length: anything }),
  multi_external_select: element({
    placeholder,
    initial_options: list(plainOption),
    min_query_length: anything,
    max_selected_items,
  }),
  users_select: element({ placeholder, initial_user: string() }),
  multi_users_select: element({ placeholder, initial_users: list(string()), max_selected_items }),
  channels_select: element({ placeholder, initial_channel: string(), response_url_enabled: boolean }),
  multi_channels_select: element({ placeholder, initial_channels: list(string()), max_selected_items }),
  conversations_select: element({ placeholder, initial_conversation: string(), ...CONVERSATIONS }),
  multi_conversations_select: element({
    placeholder,
    initial_conversations: list(string()),
    max_selected_items,
    ...CONVERSATIONS,
  }),
  checkboxes: element({ initial_options: list(anyOption) }, listedChoices),
  radio_buttons: element({ initial_option: anyOption }, listedChoices),
  datepicker: element({ placeholder, initial_date: string() }),
  timepicker: element({ placeholder, initial_time: string(), timezone: string() }),
};

const datetimepicker = element({ initial_date_time: anything });
const dispatch_action_config = anything;
const rich_text_input = element({
  placeholder,
  initial_value: anything,
  dispatch_action_config,
  min_lines: anything,
  max_lines: anything,
});
const typed = { placeholder, dispatch_action_config, initial_value: string({ min: 0 }) };

const BUTTONS: Record<string, Rule> = {
  button: buttonElement,
  workflow_button: element({ workflow: anything, style: oneOf('primary', 'danger'), accessibility_label }, label),
};

const overflowMenu = element({}, { required: { options: list(plainOption, { max: overflow.options }) } });

export const sectionAccessory: Rule = byType({ ...MENUS, ...BUTTONS, overflow: overflowMenu, image: imageElement });

export const actionsElement: Rule = byType({
  ...MENUS,
  ...BUTTONS,
  overflow: overflowMenu,
  datetimepicker,
  rich_text_input,
});

export const contextAction: Rule = byType({
  icon_button: element(
    { icon: string(), value: string({ max: button.value }), accessibility_label, visible_to_user_ids: list(string()) },
    label,
  ),
  feedback_buttons: element({ positive_button: anything, negative_button: anything }),
});

const length = integer({ min: 0, max: input.plainTextMaxLength });

export const inputElement: Rule = byType({
  ...MENUS,
  datetimepicker,
  rich_text_input,
  plain_text_input: element({ ...typed, multiline: boolean, min_length: length, max_length: length }),
  email_text_input: element(typed),
  url_text_input: element(typed),
  number_input: element(
    { ...typed, min_value: string(), max_value: string() },
    { required: { is_decimal_allowed: boolean } },
  ),
  file_input: element({ filetypes: list(string()), max_files: integer({ min: 1, max: 10 }) }),
});
