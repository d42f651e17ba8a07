import type { PersonView, SeenMessage } from '../slack/http/person-view.ts';
import type { Outcome } from '../slack/human/outcome.ts';
import { type Invocation, UsageError } from './invocation.ts';
import { homeText, messageText, modalText } from './message-text.ts';
import type { SandboxClient } from './sandbox-client.ts';

export interface InvocationResult {
  /** What goes to stdout. */
  readonly output: string;
  /** What goes to stderr. */
  readonly problem: string | undefined;
  readonly exitCode: 0 | 1;
}

/** Does one thing in a sandbox, waits until the bot is quiet, and tells what the person then sees. */
export async function runInvocation(client: SandboxClient, invocation: Invocation): Promise<InvocationResult> {
  const { as, channel, settleMs, timeoutMs } = invocation;
  if (invocation.isHome) {
    // The tab is filled when somebody opens it.
    await client.act('openHome', { as });
    await client.settled(settleMs, timeoutMs);
  }
  const before = await client.see(as, channel);
  const outcome = await perform(client, invocation);
  const isSettled = outcome === undefined || (await client.settled(settleMs, timeoutMs));
  const view = await client.see(as, channel);
  const messages = outcome === undefined ? view.messages : changedMessages(before, view);
  const problem = isSettled ? problemOf(outcome, messages) : `The bot was not quiet within ${timeoutMs / 1000} s.`;
  return {
    output: invocation.isJson ? JSON.stringify(messages, undefined, 2) : readable(messages, view, invocation),
    problem,
    exitCode: problem === undefined ? 0 : 1,
  };
}

async function perform(client: SandboxClient, invocation: Invocation): Promise<Outcome | undefined> {
  const { command, words, as, channel, thread, ts, view, isHome } = invocation;
  const text = words.join(' ');
  switch (command) {
    case 'say':
      return client.act('say', { as, channel, text, threadTs: thread });
    case 'mention':
      return client.act('say', { as, channel, text: `@msops ${text}`, threadTs: thread });
    case 'click':
      return client.act('click', { as, channel: isHome ? undefined : channel, ts, view, home: isHome, action: text });
    case 'submit':
      return client.act('submit', { as, view, answers: readAnswers(words) });
    default:
      return undefined;
  }
}

function readAnswers(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) {
        throw new UsageError(`submit takes FIELD=VALUE, not "${word}".`);
      }
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** New messages, and old ones that changed. */
function changedMessages(before: PersonView, after: PersonView): readonly SeenMessage[] {
  const known = new Set(before.messages.map((message) => JSON.stringify(message)));
  return after.messages.filter((message) => !known.has(JSON.stringify(message)));
}

function readable(messages: readonly SeenMessage[], view: PersonView, { isHome }: Invocation): string {
  const home = isHome ? homeText(view) : undefined;
  return [...messages.map((message) => messageText(message, view)), modalText(view), home]
    .filter((text) => text !== undefined)
    .join('\n\n');
}

const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  operation_timeout: 'The bot did not answer within three seconds.',
  dispatch_failed: 'The bot cannot be reached.',
  required_fields: 'The modal was not sent: some of its fields need another look.',
  not_a_valid_command: 'That is no command for this person in this place.',
};

function problemOf(outcome: Outcome | undefined, messages: readonly SeenMessage[]): string | undefined {
  if (outcome !== undefined && !outcome.ok) {
    return OUTCOME_WORDS[outcome.error ?? ''] ?? `Slack refused it: ${outcome.error}`;
  }
  return outcome !== undefined && messages.some(isErrorAnswer) ? 'The bot answered with an error.' : undefined;
}

/** The bot marks what it could not do by a block id that begins with `error`. */
function isErrorAnswer({ author, blocks, replies }: SeenMessage): boolean {
  const isMarked = author.isBot && blocks.some(({ block_id: id }) => typeof id === 'string' && id.startsWith('error'));
  return isMarked || replies.some(isErrorAnswer);
}
