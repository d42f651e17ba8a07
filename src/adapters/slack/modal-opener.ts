import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { UserError } from '../../domain/errors.ts';
import { toDeliveryFailure } from './delivery-failure.ts';

/** How Slack calls a click that is too long ago, or that opened something already. */
const TOO_LATE = /^Slack: (?:expired|exchanged|invalid)_trigger_id$/;

/** How Slack calls a modal that was closed, or shows something newer. */
const GONE = /^Slack: (?:not_found|view_not_found|hash_conflict)$/;

interface OpenedModal {
  readonly viewId: string;
  readonly hash?: string | undefined;
}

/**
 * Opens modals, one call each. They do not pass through the outbox: a trigger is good for 3 s, and then only a new
 * click helps.
 */
export function createModalOpener(client: WebClient) {
  return {
    /** @throws {UserError} when the person must click again. What waiting does not help is thrown as it is. */
    async open(triggerId: string, view: ModalView): Promise<OpenedModal> {
      if (triggerId === '') {
        throw tooLate();
      }
      try {
        const { view: opened } = await client.views.open({ trigger_id: triggerId, view });
        return { viewId: opened?.id ?? '', hash: opened?.hash };
      } catch (error) {
        throw explain(error);
      }
    },
    /** Shows something else in it; nothing when it was closed or changed meanwhile. @throws when Slack does not take it. */
    async update({ viewId, hash }: OpenedModal, view: ModalView): Promise<void> {
      try {
        await client.views.update({ view_id: viewId, ...(hash === undefined ? {} : { hash }), view });
      } catch (error) {
        const { message, kind } = toDeliveryFailure(error);
        if (!GONE.test(message)) {
          throw new UserError(`The form was not changed. ${kind === 'permanent' ? message : 'Slack did not answer'}.`, {
            cause: error,
          });
        }
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
