import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import type { Rollout, RolloutHost } from '../services/rollouts/rollout.ts';
import { section } from './blocks.ts';
import { code, cut } from './mrkdwn.ts';
import { HOST_ICONS, HOST_STATES } from './rollout-state.ts';
import { sentence } from './rollout-text.ts';
import { elapsed } from './rollout-times.ts';

const LONGEST_HOST = 60;
/** Its end says most. */
const LONGEST_OUTPUT = 2_900;
/** As in `clean`, but for line ends and tabs. */
const INVISIBLE = /[^\P{Cc}\n\t]|[\p{Cf}\p{Co}\u2028\u2029]/gu;

/** How one host ended, with what it printed. */
export function rolloutHostEnded(rollout: Rollout, ended: RolloutHost): Message {
  const { host, state, note, advice, output = '', startedAt, endedAt } = ended;
  const took = endedAt === undefined ? undefined : elapsed(startedAt, endedAt);
  const outcome = `${HOST_STATES[state]}${took === undefined ? '' : ` in ${took}`}`;
  const why = note === undefined ? '' : `: ${sentence(note)}`;
  const next = advice === undefined || advice === '' ? '' : `\n→ ${sentence(advice)}`;
  const text = `${HOST_ICONS[state]} ${code(cut(host, LONGEST_HOST))} ${outcome}${why}`;
  const printed = printable(output);
  const blocks = [section(`${text}${next}`), ...(printed === '' ? [] : [preformatted(printed)])] satisfies KnownBlock[];
  return { text: `${text} (${code(rollout.id)})`, blocks };
}

/** Not mrkdwn, so nothing in it is read as markup or ends the block. */
function preformatted(text: string): RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] };
}

function printable(output: string): string {
  const plain = output.toWellFormed().replaceAll('\r\n', '\n').replaceAll(INVISIBLE, '').trim();
  return plain.length <= LONGEST_OUTPUT ? plain : `…${plain.slice(1 - LONGEST_OUTPUT).toWellFormed()}`;
}
