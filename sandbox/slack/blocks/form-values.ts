import type { FormValues, Json } from '../world/model.ts';
import { type Interactive, interactiveElements, isObject, objects } from './interactive.ts';

/** What a person fills in: one word or number, or several for elements that take several. */
export type Answer = string | number | readonly string[];

/** The field of the state in which an element keeps its value, and whether it takes several. */
const VALUE_FIELDS: Readonly<Record<string, { field: string; kind: 'text' | 'option' | 'id'; isMany?: true }>> = {
  plain_text_input: { field: 'value', kind: 'text' },
  email_text_input: { field: 'value', kind: 'text' },
  url_text_input: { field: 'value', kind: 'text' },
  number_input: { field: 'value', kind: 'text' },
  datepicker: { field: 'selected_date', kind: 'id' },
  timepicker: { field: 'selected_time', kind: 'id' },
  datetimepicker: { field: 'selected_date_time', kind: 'id' },
  static_select: { field: 'selected_option', kind: 'option' },
  external_select: { field: 'selected_option', kind: 'option' },
  radio_buttons: { field: 'selected_option', kind: 'option' },
  overflow: { field: 'selected_option', kind: 'option' },
  multi_static_select: { field: 'selected_options', kind: 'option', isMany: true },
  multi_external_select: { field: 'selected_options', kind: 'option', isMany: true },
  checkboxes: { field: 'selected_options', kind: 'option', isMany: true },
  users_select: { field: 'selected_user', kind: 'id' },
  multi_users_select: { field: 'selected_users', kind: 'id', isMany: true },
  channels_select: { field: 'selected_channel', kind: 'id' },
  multi_channels_select: { field: 'selected_channels', kind: 'id', isMany: true },
  conversations_select: { field: 'selected_conversation', kind: 'id' },
  multi_conversations_select: { field: 'selected_conversations', kind: 'id', isMany: true },
  rich_text_input: { field: 'rich_text_value', kind: 'id' },
  file_input: { field: 'files', kind: 'id', isMany: true },
};

/** Elements that are pressed and keep nothing. */
export function keepsValue(element: Json): boolean {
  return VALUE_FIELDS[String(element.type)] !== undefined && element.type !== 'overflow';
}

/**
 * An element's value as Slack sends it, e.g. `{type:'static_select',selected_option:{..}}`.
 * @param offered the options of an external select
 * @returns undefined when one of the answers is not among the options
 */
export function answerToValue(element: Json, answer: Answer, offered: readonly unknown[] = []): Json | undefined {
  const type = String(element.type);
  const target = VALUE_FIELDS[type];
  if (target === undefined) {
    return undefined;
  }
  const { field, kind, isMany } = target;
  const answers = Array.isArray(answer) ? answer : [answer];
  const resolved = answers.map((one) => (kind === 'option' ? findOption(element, String(one), offered) : one));
  if (resolved.includes(undefined)) {
    return undefined;
  }
  return { type, [field]: isMany === true ? resolved : (resolved[0] ?? null) };
}

/** By value, then by what is written on it. */
function findOption(element: Json, answer: string, offered: readonly unknown[]): Json | undefined {
  const options = optionsOf({ ...element, options: [...objects(element.options), ...offered] });
  return options.find(({ value }) => value === answer) ?? options.find((option) => labelOf(option) === answer);
}

/** All options of a menu, also those in groups. */
export function optionsOf(element: Json): Json[] {
  return [...objects(element.options), ...objects(element.option_groups).flatMap((group) => objects(group.options))];
}

export function labelOf(element: Json): string {
  return isObject(element.text) ? String(element.text.text) : '';
}

/** The state of all elements: `{ [block_id]: { [action_id]: value } }`, what the person chose before what the app set. */
export function stateOf(blocks: readonly Json[], values: FormValues): Record<string, Record<string, Json>> {
  const state: Record<string, Record<string, Json>> = {};
  for (const { element, blockId, actionId } of interactiveElements(blocks).filter((one) => keepsValue(one.element))) {
    const block = state[blockId] ?? {};
    block[actionId] = values.get(`${blockId}/${actionId}`) ?? initialValue(element);
    state[blockId] = block;
  }
  return state;
}

function initialValue(element: Json): Json {
  const type = String(element.type);
  const { field = 'value', isMany } = VALUE_FIELDS[type] ?? {};
  const initial = element[field === 'value' ? 'initial_value' : field.replace('selected_', 'initial_')];
  return { type, [field]: initial ?? (isMany === true ? [] : null) };
}

/** What Slack's client refuses before anything is sent; by block id. */
export function clientErrors(blocks: readonly Json[], values: FormValues): Record<string, string> {
  const state = stateOf(blocks, values);
  const errors: Record<string, string> = {};
  for (const input of interactiveElements(blocks).filter(({ isInput }) => isInput)) {
    const problem = problemOf(input, state[input.blockId]?.[input.actionId] ?? {});
    if (problem !== undefined) {
      errors[input.blockId] = problem;
    }
  }
  return errors;
}

function problemOf({ block, element }: Interactive, value: Json): string | undefined {
  const content = value[VALUE_FIELDS[String(element.type)]?.field ?? 'value'];
  const isEmpty =
    content === null || content === undefined || content === '' || (Array.isArray(content) && !content.length);
  if (isEmpty) {
    return block.optional === true ? undefined : 'Please complete this required field.';
  }
  return typeof content === 'string' ? problemOfText(element, content) : undefined;
}

function problemOfText(element: Json, text: string): string | undefined {
  const { type, min_length, max_length } = element;
  if (typeof min_length === 'number' && text.length < min_length) {
    return `Please enter at least ${min_length} characters.`;
  }
  if (typeof max_length === 'number' && text.length > max_length) {
    return `Please enter no more than ${max_length} characters.`;
  }
  if (type === 'email_text_input' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) {
    return 'Please enter a valid email address.';
  }
  if (type === 'url_text_input' && !URL.canParse(text)) {
    return 'Please enter a valid URL.';
  }
  return type === 'number_input' ? problemOfNumber(element, text) : undefined;
}

function problemOfNumber({ min_value, max_value, is_decimal_allowed }: Json, text: string): string | undefined {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number) || (is_decimal_allowed !== true && !Number.isInteger(number))) {
    return is_decimal_allowed === true ? 'Please enter a valid number.' : 'Please enter a whole number.';
  }
  if (min_value !== undefined && number < Number(min_value)) {
    return `Please enter a number of at least ${min_value}.`;
  }
  return max_value !== undefined && number > Number(max_value)
    ? `Please enter a number up to ${max_value}.`
    : undefined;
}
