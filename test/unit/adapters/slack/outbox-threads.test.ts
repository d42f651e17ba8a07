import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createMessagePoster } from '../../../../src/adapters/slack/message-poster.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createOutboxRows } from '../../../../src/adapters/store/outbox-rows.ts';
import { createOutbox, type OutboxDispatcher } from '../../../../src/services/notifications/outbox.ts';
import type { MessageAddress } from '../../../../src/services/notifications/ports.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { createTestClient, startTestSlack } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

const ACME: MessageAddress = { kind: 'channel', channelId: 'C0ACMEOPS' };
const HOSTS = ['apim-1', 'apim-2', 'is-1'];

let slack: Slack;
let store: Store;
let replicas: readonly OutboxDispatcher[];

beforeAll(async () => {
  slack = await startTestSlack('http');
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  const poster = createMessagePoster(createTestClient(slack));
  const rows = createOutboxRows(store.pool);
  replicas = [1, 2].map(() => createOutbox({ rows, poster, logger: createRecordingLogger() }));
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.idle()));
  await store.close();
  await slack.stop();
});

/** Without the pace of a channel, which others test. */
async function sendAll(): Promise<void> {
  await until('everything to be sent', async () => {
    await store.pool.query('update outbox_lanes set next_post_at = now()');
    await store.pool.query('update outbox set next_at = now()');
    const left = await Promise.all(replicas.map((replica) => replica.dispatch()));
    return left.every((pending) => pending === 0);
  });
}

describe('threads under messages of our own', () => {
  it('are posted below the card by whichever replica, once each, and can be linked to', async () => {
    const [one, other] = replicas as [OutboxDispatcher, OutboxDispatcher];
    const inThread = { ...ACME, threadOf: 'card' } as const;
    await Promise.all([
      ...HOSTS.map((host) => other.put({ key: `card:${host}`, to: inThread, message: { text: `${host} waits` } })),
      one.put({ key: 'card', to: ACME, message: { text: 'Rollout' } }),
    ]);
    await sendAll();
    await Promise.all(
      HOSTS.map((host) => one.put({ key: `card:${host}`, to: inThread, message: { text: `${host} is done` } })),
    );
    await sendAll();

    const [card, ...others] = slack.seenBy('alice', 'acme-ops').messages;
    expect([card?.text, others]).toEqual(['Rollout', []]);
    expect(card?.replies.map(({ text }) => text).toSorted()).toEqual(HOSTS.map((host) => `${host} is done`));
    const link = await other.linkTo('card:is-1');
    const reply = card?.replies.find(({ text }) => text.startsWith('is-1'));
    const { ts = '' } = reply ?? {};
    expect(link).toMatch(
      new RegExp(`/archives/C0ACMEOPS/p${ts.replace('.', '')}\\?thread_ts=${card?.ts}&cid=C0ACMEOPS$`),
    );
  });

  it('have no link when the message is deleted in Slack', async () => {
    const [one] = replicas as [OutboxDispatcher];
    await one.put({ key: 'gone', to: ACME, message: { text: 'Gone' } });
    await sendAll();
    const { rows } = await store.pool.query("select posted_ts as ts from outbox where key = 'gone'");
    await createTestClient(slack).chat.delete({ channel: 'C0ACMEOPS', ts: rows[0].ts });
    expect(await one.linkTo('gone')).toBeUndefined();
  });
});
