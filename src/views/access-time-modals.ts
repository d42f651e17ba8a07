import type { ModalView, PlainTextOption } from '@slack/types';
import type { Grant } from '../services/access/grant.ts';
import { choiceInput, formOption, textInput } from './access-form-inputs.ts';
import { LONGEST_REASON } from './access-request-modal.ts';
import { grantRef } from './access-state.ts';
import { wishInWords } from './access-text.ts';
import { section } from './blocks.ts';
import { personName, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

/** Callback ids; the metadata is the id of the grant. */
export const ACCESS_SHORTER_MODAL = 'access.shorter';
export const ACCESS_EXTEND_MODAL = 'access.extend';
export const ACCESS_REVOKE_MODAL = 'access.revoke';

/** Block ids of the inputs; the value of the first is the end as ISO 8601. */
export const UNTIL_INPUT = 'until';
export const WHY_INPUT = 'reason';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY];

export interface TimeFormFacts {
  readonly grant: Grant;
  readonly timeZone: string;
  readonly now: Date;
}

/** Ends before the one that was asked for. */
export function shorterEnds({ grant, now }: Pick<TimeFormFacts, 'grant' | 'now'>): readonly Date[] {
  return STEPS.map((step) => wholeMinute(now.getTime() + step)).filter((end) => end < grant.until);
}

/** Ends after the one that counts, as far as somebody may ask from now. */
export function laterEnds({ grant, now }: Pick<TimeFormFacts, 'grant' | 'now'>, longestMs: number): readonly Date[] {
  const last = wholeMinute(now.getTime() + longestMs);
  const steps = STEPS.map((step) => wholeMinute(grant.until.getTime() + step)).filter((end) => end < last);
  return last.getTime() - grant.until.getTime() >= MINUTE ? [...steps, last] : steps;
}

/** @param ends at least one. */
export function accessShorterModal(facts: TimeFormFacts, ends: readonly Date[]): ModalView {
  const { grant, timeZone } = facts;
  return {
    type: 'modal',
    callback_id: ACCESS_SHORTER_MODAL,
    private_metadata: grant.id,
    title: { type: 'plain_text', text: 'Approve shorter' },
    submit: { type: 'plain_text', text: 'Approve' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(whatInWords(grant)),
      section(
        `Asked for until ${dateInZone(grant.until, timeZone)}. It is asked for again with the end that you choose, and yours is the first approval of it.`,
      ),
      choiceInput({ blockId: UNTIL_INPUT, label: 'Until when?', options: endOptions(ends, timeZone) }),
    ],
  };
}

/** @param ends at least one. */
export function accessExtendModal(facts: TimeFormFacts, ends: readonly Date[]): ModalView {
  const { grant, timeZone } = facts;
  return {
    type: 'modal',
    callback_id: ACCESS_EXTEND_MODAL,
    private_metadata: grant.id,
    title: { type: 'plain_text', text: 'Extend' },
    submit: { type: 'plain_text', text: 'Ask for it' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(whatInWords(grant)),
      section(`It ends ${dateInZone(grant.until, timeZone)}. That stays so until the later end is approved.`),
      choiceInput({ blockId: UNTIL_INPUT, label: 'Until when?', options: endOptions(ends, timeZone) }),
      textInput({ blockId: WHY_INPUT, label: 'Why?', longest: LONGEST_REASON, isLong: true }),
    ],
  };
}

export function accessRevokeModal({ grant, timeZone }: TimeFormFacts): ModalView {
  return {
    type: 'modal',
    callback_id: ACCESS_REVOKE_MODAL,
    private_metadata: grant.id,
    title: { type: 'plain_text', text: 'Revoke' },
    submit: { type: 'plain_text', text: 'Revoke' },
    close: { type: 'plain_text', text: 'Leave it' },
    blocks: [
      section(whatInWords(grant)),
      section(
        `It would end by itself ${dateInZone(grant.until, timeZone)}. Open sessions are ended, accounts are removed.`,
      ),
      textInput({
        ...{ blockId: WHY_INPUT, label: 'Why?', longest: LONGEST_REASON, isLong: true },
        hint: 'Stands on the card in the ops channel and in the audit log.',
      }),
    ],
  };
}

function whatInWords(grant: Grant): string {
  return `*${sentence(grantRef(grant))}* · ${personName(grant.person)}: ${wishInWords(grant.wish)}`;
}

function endOptions(ends: readonly Date[], timeZone: string): readonly PlainTextOption[] {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
  });
  return ends.map((end) => formOption(end.toISOString(), `${format.format(end)} ${timeZone}`));
}

function wholeMinute(ms: number): Date {
  return new Date(Math.floor(ms / MINUTE) * MINUTE);
}
