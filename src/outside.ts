import { type AwsClients, createAwsClients } from './adapters/aws/aws-clients.ts';
import { createChartRenderer } from './adapters/charts/chart-renderer.ts';
import { systemClock } from './adapters/clock/system-clock.ts';
import { createDbosEngine, type DbosEngine } from './adapters/engine/dbos-engine.ts';
import { createFileUploader, type FileUploader } from './adapters/slack/file-uploader.ts';
import { createHomePublisher } from './adapters/slack/home-publisher.ts';
import { createMessagePoster } from './adapters/slack/message-poster.ts';
import { createModalOpener } from './adapters/slack/modal-opener.ts';
import { createPeopleDirectory } from './adapters/slack/people-directory.ts';
import { toSlackLogger } from './adapters/slack/slack-logger.ts';
import { createWebClients } from './adapters/slack/web-clients.ts';
import { createSshExecutor, type SshExecutor } from './adapters/ssh/ssh-executor.ts';
import { createInbox } from './adapters/store/inbox.ts';
import { createKeyValue } from './adapters/store/key-value.ts';
import { openStore, type Store } from './adapters/store/open-store.ts';
import { createOutboxRows } from './adapters/store/outbox-rows.ts';
import { createReplicas, type Replicas } from './adapters/store/replicas.ts';
import { createTunnelInspector } from './adapters/vpn/tunnel-inspector.ts';
import { type ConfigSource, createConfigSource } from './config/config-source.ts';
import type { Env } from './config/env.ts';
import type { Clock } from './domain/clock.ts';
import type { Logger } from './domain/logger.ts';
import type { NamedSecrets } from './domain/named-secrets.ts';
import type { TunnelInspector } from './domain/tunnel.ts';
import { type ChartPictures, createChartPictures } from './handlers/chart-pictures.ts';
import type { HomePublisher, ModalOpener, PeopleDirectory } from './handlers/deps.ts';
import type { SlotMemory } from './scheduler/scheduler.ts';
import type { Inbox } from './services/interactions/ports.ts';
import { createOutbox, type OutboxDispatcher } from './services/notifications/outbox.ts';

/** Everything that reaches out of the process, opened. */
export interface Outside {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly config: ConfigSource;
  readonly store: Store;
  readonly replicas: Replicas;
  readonly engine: DbosEngine;
  readonly slots: SlotMemory;
  readonly inbox: Inbox;
  readonly outbox: OutboxDispatcher;
  readonly people: PeopleDirectory;
  readonly home: HomePublisher;
  readonly modals: ModalOpener;
  readonly executor: SshExecutor;
  /** One with connections of its own, to try the way in. */
  openExecutor(): SshExecutor;
  readonly tunnels: TunnelInspector;
  readonly secrets: NamedSecrets;
  readonly aws: AwsClients;
  readonly charts: ChartPictures;
  close(): Promise<void>;
}

/** @throws {SetupError} when `msops.yml`, the SSH key or the store cannot be used. */
export async function openOutside(env: Env, logger: Logger): Promise<Outside> {
  const clock = systemClock;
  const config = createConfigSource({ file: env.configFile, secrets: env.secrets, logger });
  const tunnels = createTunnelInspector({ clock });
  const openExecutor = () => createSshExecutor({ auth: env.ssh, logger, clock, tunnels });
  const executor = openExecutor();
  const { databaseUrl, dataDir: directory } = env;
  const store = await openStore({ databaseUrl, directory, logger });
  const replicas = createReplicas({ store, logger });
  const aws = createAwsClients({ endpointUrl: env.awsEndpointUrl, logger });
  const renderer = createChartRenderer();
  const { files, ...slack } = slackSide(env, store, logger);
  return {
    ...{ logger, clock, config, store, replicas, executor, openExecutor, tunnels, aws, secrets: env.secrets },
    ...slack,
    charts: createChartPictures({ renderer, files, logger }),
    engine: createDbosEngine({ store, replicas, logger }),
    slots: createKeyValue<string>(store, 'slots'),
    inbox: createInbox(store, replicas),
    async close() {
      executor.close();
      aws.close();
      await renderer.close();
      await store.close();
    },
  };
}

function slackSide(
  { slack }: Env,
  store: Store,
  logger: Logger,
): Pick<Outside, 'outbox' | 'people' | 'home' | 'modals'> & { readonly files: FileUploader } {
  const clients = createWebClients({ ...slack, logger: toSlackLogger(logger) });
  const rows = createOutboxRows(store.pool);
  return {
    outbox: createOutbox({ rows, poster: createMessagePoster(clients.outbox), logger }),
    people: createPeopleDirectory(clients.interactive, createKeyValue<string>(store, 'people')),
    home: createHomePublisher(clients.interactive),
    modals: createModalOpener(clients.modals),
    files: createFileUploader(clients),
  };
}
