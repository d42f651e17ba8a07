import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { createActivity } from './activity.ts';
import { type Courier, createCourier } from './delivery/courier.ts';
import { createEventSender } from './delivery/events.ts';
import { createHttpTransport } from './delivery/http-transport.ts';
import type { DisconnectKind } from './delivery/socket-connection.ts';
import { createSocketTransport } from './delivery/socket-transport.ts';
import type { Ack } from './delivery/transport.ts';
import { serveApi } from './http/api-routes.ts';
import { serveHumans } from './http/human-routes.ts';
import { type PersonView, personView } from './http/person-view.ts';
import { createHttpServer, listen, type Route } from './http/server.ts';
import { createHuman, type Human } from './human/human.ts';
import {
  DEFAULT_EVENTS,
  SLACK_ACK_TIMEOUT_MS,
  SLACK_EVENT_RETRY_DELAYS_MS,
  SLACK_POST_LIMIT,
  SLACK_TRIGGER_TTL_MS,
  type SlackOptions,
} from './options.ts';
import { createPostPacer } from './web-api/post-limit.ts';
import { createWebApi } from './web-api/web-api.ts';
import { seedWorld } from './world/seed.ts';
import type { World } from './world/world.ts';

export interface SlackTokens {
  readonly bot: string;
  readonly app: string;
  readonly signingSecret: string;
}

/** A running local Slack. */
export interface Slack {
  /** `http://127.0.0.1:4800`: the page. */
  readonly url: string;
  /** What the app uses as `slackApiUrl`. */
  readonly apiUrl: string;
  readonly tokens: SlackTokens;
  readonly human: Human;
  readonly world: World;
  readonly calls: World['calls'];
  readonly faults: World['faults'];
  readonly deliveries: World['deliveries'];
  /** Where signed requests go from now on. */
  setAppUrl(url: string): void;
  /** What this person sees, with the messages of a channel. */
  seenBy(as: string, channel?: string): PersonView;
  /** Resolves true when nothing was delivered or written for `forMs`; false after `timeoutMs`. */
  settled(forMs: number, timeoutMs?: number): Promise<boolean>;
  /** Open Socket Mode connections. */
  connections(): number;
  /** All Socket Mode connections. */
  disconnect(kind: DisconnectKind): void;
  /** Sends an acked event again, by its delivery's id. */
  redeliver(deliveryId: string): Promise<Ack>;
  stop(): Promise<void>;
}

const SETTLE_TIMEOUT_MS = 30_000;

/**
 * Starts a Slack with the sandbox's cast in it, on loopback only. Tokens are new each time.
 * @throws the system's error when the port is taken
 */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const tokens = createTokens(options);
  const world = seedWorld();
  const activity = createActivity();
  const routes: Route[] = [];
  const server = createHttpServer(() => routes, options.page);
  const url = await listen(server, { port: options.port, host: options.host ?? '127.0.0.1' });

  let appUrl = options.transport.mode === 'http' ? options.transport.url : undefined;
  const ackTimeoutMs = options.ackTimeoutMs ?? SLACK_ACK_TIMEOUT_MS;
  const socket = createSocketTransport({ appId: world.bot.appId, ackTimeoutMs });
  server.on('upgrade', socket.upgrade);
  const http = createHttpTransport({ url: () => appUrl, signingSecret: tokens.signingSecret, ackTimeoutMs });
  const transport = options.transport.mode === 'http' ? http : socket;
  const retryDelaysMs = options.eventRetryDelaysMs ?? SLACK_EVENT_RETRY_DELAYS_MS;
  const courier = createCourier({ world, transport, activity, retryDelaysMs });

  const human = createPeople({ options, world, courier, baseUrl: url });
  const webApi = createWebApi({
    world,
    tokens,
    activity,
    pacer: createPostPacer(options.postLimit === false ? undefined : (options.postLimit ?? SLACK_POST_LIMIT)),
    context: {
      world,
      scopes: new Set(options.scopes),
      baseUrl: url,
      openSocket: () => url.replace('http', 'ws') + socket.openTicket(),
    },
  });
  routes.push(
    (exchange) => serveApi({ world, webApi, activity, botToken: tokens.bot }, exchange),
    (exchange) => serveHumans({ world, human, activity, baseUrl: url }, exchange),
  );

  return {
    url,
    apiUrl: `${url}/api/`,
    tokens,
    human,
    world,
    calls: world.calls,
    faults: world.faults,
    deliveries: world.deliveries,
    setAppUrl(next) {
      appUrl = next;
    },
    seenBy: (as, channel) => personView({ world, baseUrl: url }, as, channel),
    settled: (forMs, timeoutMs = SETTLE_TIMEOUT_MS) => activity.settled(forMs, timeoutMs),
    connections: socket.connections,
    disconnect: socket.disconnect,
    redeliver: courier.redeliver,
    async stop() {
      courier.stop();
      await Promise.all([http.stop(), socket.stop()]);
      await closeServer(server);
    },
  };
}

function createTokens({ transport }: SlackOptions): SlackTokens {
  const given = transport.mode === 'http' ? transport.signingSecret : undefined;
  return {
    bot: `xoxb-1700000000-1700000001-${randomBytes(12).toString('hex')}`,
    app: `xapp-1-A0MSOPS-1700000002-${randomBytes(32).toString('hex')}`,
    signingSecret: given ?? randomBytes(16).toString('hex'),
  };
}

function createPeople(parts: { options: SlackOptions; world: World; courier: Courier; baseUrl: string }): Human {
  const { options, world, courier, baseUrl } = parts;
  const verificationToken = randomBytes(12).toString('hex');
  const subscriptions = new Set<string>(options.events ?? DEFAULT_EVENTS);
  return createHuman({
    world,
    courier,
    baseUrl,
    verificationToken,
    events: createEventSender({ world, courier, subscriptions, verificationToken }),
    triggerTtlMs: options.triggerTtlMs ?? SLACK_TRIGGER_TTL_MS,
    commands: options.commands ?? ['/msops'],
    areCommandsShared: options.areCommandsShared ?? false,
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
