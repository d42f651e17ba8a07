import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import { anything, boolean, byType, integer, list, object, oneOf, type Rule, string } from './rules.ts';

const type = anything;

export function plainText(max: number): Rule {
  return byType({ plain_text: object({ required: { type, text: string({ max }) }, optional: { emoji: boolean } }) });
}

export function mrkdwn(max: number): Rule {
  return byType({ mrkdwn: object({ required: { type, text: string({ max }) }, optional: { verbatim: boolean } }) });
}

/** Plain text or mrkdwn. */
export function text(max: number): Rule {
  return byType({
    plain_text: object({ required: { type, text: string({ max }) }, optional: { emoji: boolean } }),
    mrkdwn: object({ required: { type, text: string({ max }) }, optional: { verbatim: boolean } }),
  });
}

export const confirm: Rule = object({
  required: {
    title: plainText(SLACK_LIMITS.confirm.title),
    text: text(SLACK_LIMITS.confirm.text),
    confirm: plainText(SLACK_LIMITS.confirm.confirm),
    deny: plainText(SLACK_LIMITS.confirm.deny),
  },
  optional: { style: oneOf('primary', 'danger') },
});

const style = anything;
const indent = { indent: integer({ min: 0, max: 8 }), border: integer({ min: 0, max: 1 }), offset: anything };

const inline: Rule = byType({
  text: object({ required: { type, text: string() }, optional: { style } }),
  link: object({
    required: { type, url: string({ max: 3000 }) },
    optional: { text: string(), unsafe: boolean, style },
  }),
  emoji: object({
    required: { type, name: string() },
    optional: { unicode: string(), skin_tone: anything, style, url: string() },
  }),
  user: object({ required: { type, user_id: string() }, optional: { style } }),
  usergroup: object({ required: { type, usergroup_id: string() }, optional: { style } }),
  channel: object({ required: { type, channel_id: string() }, optional: { style } }),
  team: object({ required: { type, team_id: string() }, optional: { style } }),
  broadcast: object({ required: { type, range: oneOf('here', 'channel', 'everyone') }, optional: { style } }),
  color: object({ required: { type, value: string() }, optional: { style } }),
  date: object({
    required: { type, timestamp: anything, format: string() },
    optional: { url: string(), fallback: string(), style },
  }),
});

const elements = list(inline, { min: 0 });
const section = object({ required: { type, elements } });

/** The whole `rich_text` block; also a cell of a table. */
export const richText: Rule = object({
  required: {
    type,
    elements: list(
      byType({
        rich_text_section: section,
        rich_text_list: object({
          required: { type, elements: list(byType({ rich_text_section: section })), style: oneOf('bullet', 'ordered') },
          optional: indent,
        }),
        rich_text_quote: object({ required: { type, elements }, optional: { border: indent.border } }),
        rich_text_preformatted: object({
          required: { type, elements },
          optional: { border: indent.border, language: string() },
        }),
      }),
    ),
  },
  optional: { block_id: string({ max: SLACK_LIMITS.block.blockId }) },
});
