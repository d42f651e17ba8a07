import { SetupError } from '../../domain/errors.ts';
import { toDeliveryFailure } from './delivery-failure.ts';

/** What the bot was trying with Slack when it failed. */
export type StartStep = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'PORT';

const TEMPORARY = ['rate_limited', 'temporary'];

/**
 * Why the bot cannot listen to Slack as it is set up.
 * @returns `undefined` when Slack cannot be reached now: that gets better by waiting.
 */
export function explainStartFailure(error: unknown, step: StartStep): SetupError | undefined {
  const { syscall, code } = error as NodeJS.ErrnoException;
  if (syscall === 'listen') {
    const reason = code === 'EADDRINUSE' ? 'something else listens there' : `the system says ${code}`;
    return new SetupError(`The port of PORT cannot be used: ${reason}. Choose another one, or end what uses it.`, {
      cause: error,
    });
  }
  const { kind, message } = toDeliveryFailure(error);
  if (TEMPORARY.includes(kind)) {
    return undefined;
  }
  const next = 'Copy it again from the pages of the Slack app: README.md tells where it is.';
  return new SetupError(`${step} was not accepted. ${message}. ${next}`, { cause: error });
}
