import { createSlackConnection } from './adapters/slack/slack-connection.ts';
import type { Env } from './config/env.ts';
import type { BotMetrics } from './domain/bot-metrics.ts';
import type { Logger } from './domain/logger.ts';
import { createInteractionDispatcher } from './handlers/dispatch-interaction.ts';
import { registerListeners } from './handlers/listeners.ts';
import { MODALS } from './handlers/modals.ts';
import { toInteraction } from './handlers/to-interaction.ts';
import { keepGoing } from './keep-going.ts';
import { type Outside, openOutside } from './outside.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { type Served, serve } from './serve.ts';
import { createInteractionService } from './services/interactions/interaction-service.ts';
import { inTime, stopInOrder } from './stop-in-order.ts';
import { type Granted, wireGranted } from './wire-access.ts';
import { createJobs } from './wire-jobs.ts';
import { wireMonitor } from './wire-monitoring.ts';
import { wireReach } from './wire-reach.ts';
import { wireBotMetrics } from './wire-web.ts';
import { createServices } from './wiring.ts';

export interface Bot {
  /** Begins to listen. Waits for a Slack that cannot be reached, until `stop`. @throws {SetupError} for what waiting does not help. */
  start(): Promise<void>;
  /** Reads `msops.yml` again; a wrong one keeps the old. */
  reload(): void;
  /** Takes nothing new, finishes what is under way within 15 s, and closes everything. At any time, also during the start. */
  stop(): Promise<void>;
  /** For the log. */
  describe(): Record<string, unknown>;
}

/** Less than systemd's TimeoutStopSec in `deploy/msops.service`. */
const DRAIN_MS = 15_000;

/**
 * Opens the outside systems and wires everything; nothing listens yet.
 * @throws {SetupError} when something outside cannot be used as it is set up.
 */
export async function createApp(env: Env, logger: Logger): Promise<Bot> {
  const outside = await openOutside(env, logger);
  try {
    return wire(env, outside);
  } catch (error) {
    await outside.close();
    throw error;
  }
}

function wire(env: Env, outside: Outside): Bot {
  const { logger, clock, config, store, replicas, engine, inbox, outbox } = outside;
  const reach = wireReach(outside, env);
  const granted = wireGranted(outside);
  const services = createServices(outside, { reach, granted }, env);
  const bot = wireBotMetrics(outside);
  const handle = counted(asGranted(createInteractionDispatcher({ ...outside, services }), granted), bot);
  const interactions = createInteractionService({ inbox, handle, clock, logger });
  const scheduler = createScheduler({ ...outside, jobs: createJobs(outside, services) });
  const monitor = wireMonitor(outside, services, bot);
  const slack = createSlackConnection({
    ...{ slack: env.slack, clock, logger },
    async accept(body) {
      const interaction = toInteraction(body);
      return interaction === undefined || (await interactions.accept(interaction)) ? 'new' : 'duplicate';
    },
  });
  registerListeners(slack.app, interactions, MODALS);
  replicas.onTakeOver(interactions.resume);
  const sending = keepGoing(outside, interactions);
  let served: Served | undefined;

  return {
    async start() {
      await replicas.start();
      await engine.launch();
      await scheduler.start();
      monitor.start();
      sending.start();
      reach.dispatcher.start();
      served = await serve(env, { outside, services, bot });
      await slack.start();
    },
    reload: () => void config.reload(),
    async stop() {
      const drained = inTime(DRAIN_MS);
      await stopInOrder(logger, [
        () => drained(slack.stop()),
        async () => served?.close(),
        () => scheduler.stop(),
        () => drained(monitor.stop()),
        () => drained(interactions.idle()),
        () => drained(sending.stop()),
        () => drained(reach.dispatcher.stop()),
        () => drained(outbox.idle()),
        () => engine.shutdown(),
        () => replicas.stop(),
        () => outside.close(),
      ]);
    },
    describe: () => ({ store: store.description, replica: replicas.id, slack: env.slack.mode, ...served?.ports }),
  };
}

type Handle = ReturnType<typeof createInteractionDispatcher>;

function counted(handle: Handle, bot: BotMetrics): (...asked: Parameters<Handle>) => Promise<void> {
  return async (interaction) => {
    try {
      bot.interactionHandled(interaction.kind, await handle(interaction));
    } catch (error) {
      bot.interactionHandled(interaction.kind, 'failed');
      throw error;
    }
  };
}

/** Whoever speaks has the roles of this moment, also those that another replica has just given or taken. */
function asGranted(handle: Handle, { roles }: Granted): Handle {
  return async (interaction) => {
    await roles.refresh();
    return handle(interaction);
  };
}
