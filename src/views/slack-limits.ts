/**
 * Slack's limits, each written once: views cut and split by them, the sandbox refuses by them.
 * Lengths in characters, counts in items. Source, where no other is named: the pages of each block at
 * docs.slack.dev/reference/block-kit and the doc comments of `@slack/types` 3.2.
 */
export const SLACK_LIMITS = {
  /** Source: docs.slack.dev/reference/methods/chat.postMessage. */
  message: {
    blocks: 50,
    /** Longer text is cut by Slack, not refused. */
    text: 40_000,
    /** Over all `markdown` blocks of one message. */
    markdown: 12_000,
    /** Over the cells of all tables of one message (table-block). */
    tableCharacters: 10_000,
    /** Over the cells of all data tables of one message (data-table-block). */
    dataTableCharacters: 20_000,
    attachments: 100,
  },
  /** Modals and the Home tab. Source: docs.slack.dev/surfaces/modals, /reference/views. */
  view: {
    blocks: 100,
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3000,
    callbackId: 255,
    externalId: 255,
    /** Modals open over one another. */
    stack: 3,
  },
  block: { blockId: 255, actionId: 255 },
  section: { text: 3000, fields: 10, fieldText: 2000 },
  header: { text: 150 },
  context: { elements: 10, text: 2000 },
  contextActions: { elements: 5 },
  actions: { elements: 25 },
  image: { url: 3000, altText: 2000, title: 2000 },
  input: { label: 2000, hint: 2000, placeholder: 150, plainTextMaxLength: 3000 },
  video: { title: 200, authorName: 50 },
  table: { rows: 100, cells: 20, columnSettings: 20 },
  /** `rows` counts the header too. */
  dataTable: { rows: 101, cells: 20, pageSize: 100 },
  card: { title: 150, subtitle: 150, body: 200, actions: 3 },
  carousel: { elements: 10 },
  container: { title: 150, subtitle: 150, blocks: 10 },
  button: { text: 75, value: 2000, url: 3000, accessibilityLabel: 75 },
  option: { text: 75, value: 150, description: 75 },
  select: { options: 100, groups: 100, groupLabel: 75 },
  overflow: { options: 5 },
  /** Checkboxes and radio buttons. */
  choices: { options: 10 },
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
} as const;
