import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { SLACK_LIMITS } from '../views/slack-limits.ts';

/** Where a modal was opened. Slack does not say it when it is submitted, so the view remembers it. */
export interface ModalOrigin {
  /** Missing: from the home tab. */
  readonly channelId?: string | undefined;
  readonly threadTs?: string | undefined;
}

const Remembered = z.object({
  channelId: z
    .string()
    .regex(/^[CDG][A-Z0-9]+$/)
    .optional(),
  threadTs: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  metadata: z.string(),
});

/**
 * The view with its origin around its own `private_metadata`.
 * @throws when both together are longer than Slack takes: the view remembers too much.
 */
export function rememberOrigin(view: ModalView, { channelId, threadTs }: ModalOrigin): ModalView {
  const remembered: z.infer<typeof Remembered> = { channelId, threadTs, metadata: view.private_metadata ?? '' };
  const private_metadata = JSON.stringify(remembered);
  const { privateMetadata: longest } = SLACK_LIMITS.view;
  if (private_metadata.length > longest) {
    const length = `${private_metadata.length} characters, Slack takes ${longest}`;
    throw new Error(`The modal ${view.callback_id} remembers too much: ${length}. Let it remember ids.`);
  }
  return { ...view, private_metadata };
}

/** The other way round; `undefined` for what was not written by `rememberOrigin`. */
export function recallOrigin(privateMetadata = ''): (ModalOrigin & { readonly metadata: string }) | undefined {
  try {
    return Remembered.parse(JSON.parse(privateMetadata));
  } catch {
    return undefined;
  }
}
