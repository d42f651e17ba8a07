import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { holdPort } from '../../../../sandbox/ports.ts';
import { createSlackConnection, type SlackConnection } from '../../../../src/adapters/slack/slack-connection.ts';
import type { SlackSettings } from '../../../../src/config/env.ts';
import type { Clock } from '../../../../src/domain/clock.ts';
import { SetupError } from '../../../../src/domain/errors.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { closedPort } from '../../../support/silent-server.ts';
import { startTestSlack } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

/** Waits are short here, and end when they are called off. */
const impatient: Clock = {
  now: () => new Date(),
  sleep: async (_ms, signal) => void (await delay(5, undefined, { signal }).catch(() => undefined)),
};

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) {
    await end();
  }
});

function connectionTo(apiUrl: string, slack: Partial<SlackSettings> = {}) {
  const tokens = { botToken: new Secret('xoxb-wrong'), appToken: new Secret('xapp-wrong') };
  const settings = { mode: 'socket', apiUrl, ...tokens, ...slack } as SlackSettings;
  const logger = createRecordingLogger();
  const connection = createSlackConnection({ slack: settings, clock: impatient, logger, accept: async () => 'new' });
  ends.push(() => connection.stop());
  return { connection, lines: logger.lines };
}

async function refusalOf(connection: SlackConnection): Promise<string> {
  const error = await connection.start().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SetupError);
  return (error as SetupError).message;
}

const hasTriedTwice = (lines: readonly { message: string }[]): boolean =>
  lines.filter(({ message }) => message === 'Slack is not reached; trying again').length > 1;

describe('createSlackConnection', () => {
  it('keeps trying while Slack cannot be reached, and listens as soon as it can', { timeout: 30_000 }, async () => {
    const slack = await startTestSlack('socket');
    ends.push(() => slack.stop());
    const { port, release } = await holdPort();
    const secrets = { botToken: new Secret(slack.tokens.bot), appToken: new Secret(slack.tokens.app) };
    const { connection, lines } = connectionTo(`http://127.0.0.1:${port}/api/`, secrets);
    const started = connection.start();
    await until('two tries', () => hasTriedTwice(lines));
    const way = net.createServer((socket) => {
      const onwards = net.connect(Number(new URL(slack.apiUrl).port), '127.0.0.1');
      socket
        .on('error', () => onwards.destroy())
        .pipe(onwards.on('error', () => socket.destroy()))
        .pipe(socket);
    });
    await release();
    await once(way.listen(port, '127.0.0.1'), 'listening');
    ends.push(async () => void way.close());
    await started;
  });

  it('ends its tries when it is stopped', { timeout: 30_000 }, async () => {
    const { connection, lines } = connectionTo(`http://127.0.0.1:${await closedPort()}/api/`);
    const started = connection.start();
    await until('two tries', () => hasTriedTwice(lines));
    await connection.stop();
    await expect(started).resolves.toBeUndefined();
  });

  it('names the token that Slack refuses', async () => {
    const slack = await startTestSlack('socket');
    ends.push(() => slack.stop());
    const botToken = new Secret(slack.tokens.bot);
    expect(await refusalOf(connectionTo(slack.apiUrl).connection)).toMatch(/^SLACK_BOT_TOKEN .*invalid_auth/);
    expect(await refusalOf(connectionTo(slack.apiUrl, { botToken }).connection)).toMatch(/^SLACK_APP_TOKEN /);
  });

  it('names the port that something else uses', async () => {
    const slack = await startTestSlack('http');
    const taken = net.createServer();
    await once(taken.listen(0), 'listening');
    ends.push(
      () => slack.stop(),
      async () => void taken.close(),
    );
    const { port } = taken.address() as net.AddressInfo;
    const secrets = { botToken: new Secret(slack.tokens.bot), signingSecret: new Secret(slack.tokens.signingSecret) };
    const { connection } = connectionTo(slack.apiUrl, { mode: 'http', ...secrets, port });
    expect(await refusalOf(connection)).toContain('The port of PORT cannot be used: something else listens there');
  });
});
