import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import {
  actionsElement,
  buttonElement,
  contextAction,
  imageElement,
  inputElement,
  sectionAccessory,
} from './element-rules.ts';
import {
  anything,
  atLeastOne,
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
import { mrkdwn, plainText, richText, text } from './text-rules.ts';

const {
  actions,
  card,
  carousel,
  container,
  context,
  contextActions,
  dataTable,
  header,
  image,
  input,
  section,
  table,
  video,
} = SLACK_LIMITS;

const type = anything;
const block_id = string({ max: SLACK_LIMITS.block.blockId });

function block({ required = {}, optional = {}, also }: Shape): Rule {
  return object({ required: { type, ...required }, optional: { block_id, ...optional }, ...(also ? { also } : {}) });
}

const contextElement = byType({
  image: imageElement,
  plain_text: text(context.text),
  mrkdwn: text(context.text),
});

const cell = byType({
  raw_text: object({ required: { type, text: string() } }),
  raw_number: object({ required: { type, value: anything, text: string() } }),
  rich_text: richText,
});

const cardBlock = block({
  optional: {
    hero_image: imageElement,
    icon: imageElement,
    title: mrkdwn(card.title),
    subtitle: mrkdwn(card.subtitle),
    body: mrkdwn(card.body),
    actions: list(buttonElement, { max: card.actions }),
  },
  also: atLeastOne('hero_image', 'title', 'actions', 'body'),
});

const task = block({
  required: { task_id: string(), title: string(), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  optional: { details: richText, output: richText, sources: list(anything) },
});

const tableBlock = block({
  required: { rows: list(list(cell, { max: table.cells }), { max: table.rows }) },
  optional: { column_settings: list(anything, { max: table.columnSettings }) },
});

const SIMPLE: Record<string, Rule> = {
  divider: block({}),
  header: block({ required: { text: plainText(header.text) } }),
  section: block({
    optional: {
      text: text(section.text),
      fields: list(text(section.fieldText), { max: section.fields }),
      accessory: sectionAccessory,
      expand: boolean,
    },
    also: atLeastOne('text', 'fields'),
  }),
  context: block({ required: { elements: list(contextElement, { max: context.elements }) } }),
  actions: block({ required: { elements: list(actionsElement, { max: actions.elements }) } }),
  image: block({
    required: { alt_text: string({ max: image.altText }) },
    optional: { image_url: string({ max: image.url }), slack_file: anything, title: plainText(image.title) },
    also: exactlyOne('image_url', 'slack_file'),
  }),
  input: block({
    required: { label: plainText(input.label), element: inputElement },
    optional: { hint: plainText(input.hint), optional: boolean, dispatch_action: boolean },
  }),
  rich_text: richText,
  video: block({
    required: {
      alt_text: string(),
      title: plainText(video.title - 1),
      thumbnail_url: string(),
      video_url: string(),
    },
    optional: {
      title_url: string(),
      author_name: string({ max: video.authorName - 1 }),
      provider_name: string(),
      provider_icon_url: string(),
      description: plainText(video.title),
    },
  }),
  file: block({ required: { source: string(), external_id: string() } }),
};

/** On every surface, in messages only, in modals only. */
export const BLOCK_RULES: { any: Record<string, Rule>; message: Record<string, Rule>; modal: Record<string, Rule> } = {
  any: SIMPLE,
  message: {
    markdown: block({ required: { text: string({ max: SLACK_LIMITS.message.markdown }) } }),
    context_actions: block({ required: { elements: list(contextAction, { max: contextActions.elements }) } }),
    data_table: block({
      required: { rows: list(list(cell, { max: dataTable.cells }), { max: dataTable.rows }), caption: string() },
      optional: { page_size: integer({ min: 1, max: dataTable.pageSize }), row_header_column_index: anything },
    }),
    table: tableBlock,
    card: cardBlock,
    carousel: block({ required: { elements: list(byType({ card: cardBlock }), { max: carousel.elements }) } }),
    container: block({
      required: { child_blocks: list(byType({ ...SIMPLE, table: tableBlock }), { max: container.blocks }) },
      optional: {
        title: plainText(container.title),
        rich_text_title: richText,
        subtitle: text(container.subtitle),
        width: oneOf('narrow', 'standard', 'wide', 'full'),
        icon: imageElement,
        is_collapsible: boolean,
        default_collapsed: boolean,
        has_header_divider: boolean,
      },
      also: atLeastOne('title', 'rich_text_title'),
    }),
    task_card: task,
    plan: block({ required: { title: string() }, optional: { tasks: list(byType({ task_card: task }), { min: 0 }) } }),
  },
  modal: { alert: block({ required: { text: text(section.text) }, optional: { level: string() } }) },
};
