import type { KnownBlock, ModalView } from '@slack/types';
import { freePort } from '../../../sandbox/ports.ts';
import type { Slack } from '../../../sandbox/slack/start-slack.ts';
import { createMessagePoster } from '../../../src/adapters/slack/message-poster.ts';
import { createModalOpener } from '../../../src/adapters/slack/modal-opener.ts';
import { createSlackConnection } from '../../../src/adapters/slack/slack-connection.ts';
import type { SlackSettings } from '../../../src/config/env.ts';
import { UserError } from '../../../src/domain/errors.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { Action } from '../../../src/handlers/action-spec.ts';
import type { ActionPayload } from '../../../src/handlers/asker.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import { registerListeners } from '../../../src/handlers/listeners.ts';
import type { Modal } from '../../../src/handlers/modal-spec.ts';
import { createActionRunner } from '../../../src/handlers/run-action.ts';
import { createSubmissionRunner } from '../../../src/handlers/run-submission.ts';
import type { SubmissionPayload } from '../../../src/handlers/submission.ts';
import { toInteraction } from '../../../src/handlers/to-interaction.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import { createInteractionService } from '../../../src/services/interactions/interaction-service.ts';
import type { Interaction } from '../../../src/services/interactions/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import { createOutbox } from '../../../src/services/notifications/outbox.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createMemoryInbox, type MemoryInbox } from '../../support/memory-inbox.ts';
import { createMemoryOutboxRows } from '../../support/memory-outbox-rows.ts';
import { createPatientHuman, type PatientHuman } from '../../support/patient-human.ts';
import { createRecordingLogger, type LogLine } from '../../support/recording-logger.ts';
import { createTestClient, startTestSlack, type TestSlackOptions } from '../../support/slack-app.ts';
import { aWorld } from '../../support/world.ts';

/** A button and a modal that the product does not have, between the real edge and a local Slack. */
export interface ModalWorld {
  readonly slack: Slack;
  readonly human: PatientHuman;
  readonly inbox: MemoryInbox;
  readonly audit: readonly AuditEvent[];
  readonly log: readonly LogLine[];
  /** The bot shows the button. */
  showButton(channel: string, threadTs?: string): Promise<string>;
  /** Resolves when everything that was sent is worked on. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export const REASON: KnownBlock = {
  type: 'input',
  block_id: 'reason',
  label: { type: 'plain_text', text: 'Reason' },
  element: { type: 'plain_text_input', action_id: 'text' },
};

const FORM: ModalView = {
  type: 'modal',
  callback_id: 'demo.reject',
  private_metadata: 'apr-1',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'Reject' },
  submit: { type: 'plain_text', text: 'Reject' },
  blocks: [REASON],
};

const openForm: Action = {
  id: 'demo.open',
  run: async (_value, { openModal }) => {
    await openModal(FORM);
  },
};

/** Takes `because …`; checks at the click again, as modals do. */
const rejectForm: Modal = {
  id: 'demo.reject',
  check: ({ values: { reason } }): Readonly<Record<string, string>> =>
    reason?.startsWith('because') ? {} : { reason: 'Begin with "because".' },
  async run({ values, metadata }, { actor, answer, place }) {
    if (values.reason === 'because I want to know') {
      throw new UserError(`It was decided already, says ${actor.id}.`);
    }
    await answer.show('rejected', { text: `${metadata} rejected in a ${place.kind} ${values.reason}` });
  },
};

export async function startModalWorld(mode: 'http' | 'socket', options?: TestSlackOptions): Promise<ModalWorld> {
  const slack = await startTestSlack(mode, { postLimit: false, ...options });
  const client = createTestClient(slack);
  const logger = createRecordingLogger();
  const outbox = createOutbox({ rows: createMemoryOutboxRows(), poster: createMessagePoster(client), logger });
  const audit: AuditEvent[] = [];
  const clock = createFixedClock();
  const deps = {
    services: {
      inventory: createInventoryService({ config: aWorld }),
      audit: { append: async (event: AuditEvent) => void audit.push(event) },
    },
    people: { teamOf: async () => undefined },
    modals: createModalOpener(client),
    ...{ outbox, clock, logger },
  } as unknown as HandlerDeps;
  const inbox = createMemoryInbox();
  const patientClock = { ...clock, sleep: () => new Promise<void>(() => {}) };
  const interactions = createInteractionService({ inbox, clock: patientClock, logger, handle: handlerOf(deps) });
  const connection = createSlackConnection({
    slack: await settingsOf(slack, mode),
    ...{ clock, logger },
    async accept(body) {
      const interaction = toInteraction(body);
      return interaction === undefined || (await interactions.accept(interaction)) ? 'new' : 'duplicate';
    },
  });
  registerListeners(connection.app, interactions, [rejectForm]);
  await connection.start();
  const idle = async (): Promise<void> => {
    await slack.settled(30);
    await interactions.idle();
    await outbox.idle();
  };
  return {
    human: createPatientHuman(slack, mode),
    ...{ slack, inbox, audit, idle },
    log: logger.lines,
    async showButton(channel, threadTs) {
      const { ts = '' } = await client.chat.postMessage({
        ...{ channel, text: 'Reject?', blocks: [BUTTON] },
        ...(threadTs ? { thread_ts: threadTs } : {}),
      });
      return ts;
    },
    async stop() {
      await idle();
      await connection.stop();
      await slack.stop();
    },
  };
}

const BUTTON: KnownBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'demo.open', text: { type: 'plain_text', text: 'Reject' } }],
};

function handlerOf(deps: HandlerDeps): (interaction: Interaction) => Promise<void> {
  const runAction = createActionRunner([openForm], deps);
  const runSubmission = createSubmissionRunner([rejectForm], deps);
  return async ({ id, kind, payload }) => {
    await (kind === 'action'
      ? runAction(payload as ActionPayload, id)
      : runSubmission(payload as SubmissionPayload, id));
  };
}

async function settingsOf(slack: Slack, mode: 'http' | 'socket'): Promise<SlackSettings> {
  const { bot, app, signingSecret } = slack.tokens;
  const port = await freePort();
  if (mode === 'http') {
    slack.setAppUrl(`http://127.0.0.1:${port}/slack/events`);
  }
  const secrets = { botToken: new Secret(bot), appToken: new Secret(app), signingSecret: new Secret(signingSecret) };
  return { mode, apiUrl: slack.apiUrl, port, ...secrets } as SlackSettings;
}
