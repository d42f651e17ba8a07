import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { UserError } from '../../domain/errors.ts';
import { toDeliveryFailure } from './delivery-failure.ts';

/** How Slack calls a click that is too long ago, or that opened something already. */
const TOO_LATE = /^Slack: (?:expired|exchanged|invalid)_trigger_id$/;

/**
 * Opens modals, one call each. They do not pass through the outbox: a trigger is good for 3 s, and then only a new
 * click helps.
 */
export function createModalOpener(client: WebClient) {
  return {
    /** @throws {UserError} when the person must click again. What waiting does not help is thrown as it is. */
    async open(triggerId: string, view: ModalView): Promise<void> {
      if (triggerId === '') {
        throw tooLate();
      }
      try {
        await client.views.open({ trigger_id: triggerId, view });
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

function explain(error: unknown): unknown {
  const { kind, message } = toDeliveryFailure(error);
  if (TOO_LATE.test(message)) {
    return tooLate(error);
  }
  if (kind === 'rate_limited') {
    return new UserError('Slack did not let me open the form: it is asked for too much just now.', {
      hint: 'Please click again in a minute.',
      cause: error,
    });
  }
  if (kind === 'temporary') {
    return new UserError('Slack did not answer when I opened the form.', {
      hint: 'If it is not there, please click again in a minute.',
      cause: error,
    });
  }
  return error;
}

function tooLate(cause?: unknown): UserError {
  return new UserError('The form did not open: Slack allows that only within 3 seconds after a click.', {
    hint: 'Please click again.',
    cause,
  });
}
