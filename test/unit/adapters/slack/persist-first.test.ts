import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { type Intake, persistFirst } from '../../../../src/adapters/slack/persist-first.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';

/** Hands one body through and tells in which order things happened. */
async function deliver(body: ReceiverEvent['body'], accept: () => Promise<Intake>): Promise<unknown[]> {
  const order: unknown[] = [];
  let inner: App | undefined;
  const init = (app: App): void => {
    inner = app;
  };
  const receiver: Receiver = { init, start: async () => {}, stop: async () => {} };
  const persisting = async (): Promise<Intake> => {
    const intake = await accept();
    order.push('persist');
    return intake;
  };
  const ack = async (answer?: unknown): Promise<void> => void order.push(answer ?? 'ack');
  const app = {
    processEvent: async (event: ReceiverEvent) => {
      await event.ack();
      order.push('work');
    },
  } as unknown as App;
  persistFirst(receiver, { accept: persisting, logger: createRecordingLogger() }).init(app);
  await inner!.processEvent({ body, ack } as unknown as ReceiverEvent);
  return order;
}

describe('persistFirst', () => {
  it('writes down before it acknowledges', async () => {
    expect(await deliver({ command: '/msops' }, async () => 'new')).toEqual(['persist', 'ack', 'work']);
  });

  it('acknowledges a duplicate and does nothing else', async () => {
    expect(await deliver({ type: 'event_callback' }, async () => 'duplicate')).toEqual(['persist', 'ack']);
  });

  it('says that nothing was done when the store is away', async () => {
    const away = async (): Promise<Intake> => Promise.reject(new Error('no store'));
    const [answer] = await deliver({ command: '/msops' }, away);
    expect(answer).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('Nothing was done') });
  });

  it.each([
    ['an event', 'Slack brings it again', 'event_callback'],
    ['a submission', 'its modal stays open', 'view_submission'],
  ])('leaves %s unacknowledged when the store is away, so that %s', async (_what, _why, type) => {
    const away = async (): Promise<Intake> => Promise.reject(new Error('no store'));
    expect(await deliver({ type }, away)).toEqual([]);
  });

  it('says to whoever pressed a button that nothing was done', async () => {
    const told: string[] = [];
    const slack = createServer((request, response) => {
      request.on('data', (chunk) => told.push(String(chunk))).on('end', () => response.end('ok'));
    });
    await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
    const { port } = slack.address() as AddressInfo;
    const away = async (): Promise<Intake> => Promise.reject(new Error('no store'));
    const body = { type: 'block_actions', response_url: `http://127.0.0.1:${port}/` };
    expect(await deliver(body, away)).toEqual(['ack']);
    expect(told.join('')).toContain('Nothing was done');
    slack.close();
  });
});
