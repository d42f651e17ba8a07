import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../src/domain/clock.ts';
import { createInteractionService } from '../../../../src/services/interactions/interaction-service.ts';
import type { Inbox } from '../../../../src/services/interactions/ports.ts';
import { createMemoryInbox } from '../../../support/memory-inbox.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';

const COMMAND = { id: 'command:U1:t1', kind: 'command', payload: {} } as const;
const SUBMISSION = { id: 'submission:U1:V1', kind: 'submission', payload: {} } as const;
const EVENT = { id: 'event:Ev1', kind: 'event', payload: {} } as const;

function outage(): Promise<void> {
  const away = Promise.reject(new Error('connection terminated'));
  away.catch(() => {});
  return away;
}

/** Time passes when it is told to. */
function handClock(): Clock & { pass(): void } {
  const waiting: (() => void)[] = [];
  return {
    now: () => new Date(0),
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      }),
    pass: () => waiting.splice(0).forEach((wake) => void wake()),
  };
}

function aService(inbox: Inbox, handle: (id: string) => Promise<void> = async () => {}) {
  const handled: string[] = [];
  const clock = handClock();
  const service = createInteractionService({
    inbox,
    clock,
    logger: createRecordingLogger(),
    async handle({ id }) {
      handled.push(id);
      await handle(id);
    },
  });
  return { service, handled, clock };
}

describe('interaction service', () => {
  it('works once on an interaction that Slack delivers twice', async () => {
    const inbox = createMemoryInbox();
    const { service, handled } = aService(inbox);
    expect([await service.accept(COMMAND), await service.accept(COMMAND)]).toEqual([true, false]);
    service.work(COMMAND);
    service.work(COMMAND);
    await service.idle();
    expect(handled).toEqual([COMMAND.id]);
    expect(inbox.states.get(COMMAND.id)).toBe('done');
  });

  it('works on what a dead replica left, and gives up after three attempts', async () => {
    const left = [0, 3].map((attempts) => ({ ...COMMAND, id: `c${attempts}`, receivedAt: new Date(0), attempts }));
    const inbox = createMemoryInbox(left);
    const { service, handled } = aService(inbox);
    await service.resume();
    await service.idle();
    expect(handled).toEqual(['c0']);
    expect(inbox.states.get('c3')).toBe('failed');
  });

  it('takes what it gave back for new when it is sent again, and never works on what it gave back', async () => {
    const inbox = createMemoryInbox();
    const { service, handled } = aService(inbox);
    await service.accept(SUBMISSION);
    service.giveBack(SUBMISSION);
    await service.idle();
    expect(await service.accept(SUBMISSION)).toBe(true);
    expect(handled).toEqual([]);
  });

  it('survives a handler that throws', async () => {
    const inbox = createMemoryInbox();
    const { service } = aService(inbox, async () => Promise.reject(new Error('boom')));
    await service.accept(COMMAND);
    service.work(COMMAND);
    await service.idle();
    expect(inbox.states.get(COMMAND.id)).toBe('failed');
  });
});

describe('interaction service without its store', () => {
  it('begins again what the store was not there for, when it is back', async () => {
    const inbox = createMemoryInbox();
    const { service, handled } = aService(inbox, async () => {
      inbox.outage = handled.length === 1 ? outage() : Promise.resolve();
    });
    await service.accept(COMMAND);
    service.work(COMMAND);
    await service.idle();
    expect(inbox.states.get(COMMAND.id)).toBe('working');
    await expect(service.settle()).rejects.toThrow('connection terminated');

    inbox.outage = Promise.resolve();
    await service.settle();
    await service.idle();
    expect(handled).toEqual([COMMAND.id, COMMAND.id]);
    expect(inbox.states.get(COMMAND.id)).toBe('done');
  });

  it('gives back when the store is back what it could not give back before', async () => {
    const inbox = createMemoryInbox();
    const { service, handled } = aService(inbox);
    await service.accept(SUBMISSION);
    inbox.outage = outage();
    service.giveBack(SUBMISSION);
    await service.idle();
    expect(inbox.states.get(SUBMISSION.id)).toBe('accepted');
    inbox.outage = Promise.resolve();
    await service.settle();
    expect(inbox.states.has(SUBMISSION.id)).toBe(false);
    expect(handled).toEqual([]);
  });

  it('refuses a command when the store is slow, and does nothing of it when it was written down later', async () => {
    const inbox = createMemoryInbox();
    const { service, handled, clock } = aService(inbox);
    let unlock: (() => void) | undefined;
    inbox.outage = new Promise((resolve) => {
      unlock = resolve;
    });
    const refused = expect(service.accept(COMMAND)).rejects.toThrow('did not answer within 2 s');
    clock.pass();
    await refused;
    unlock?.();
    await until('the late write', () => inbox.states.get(COMMAND.id));
    await service.settle();
    expect(inbox.states.get(COMMAND.id)).toBe('failed');
    expect(handled).toEqual([]);
  });

  it('works on an event whose write was lost on the way back, for Slack brings it as a duplicate', async () => {
    const inbox = createMemoryInbox();
    const { service, handled } = aService(inbox);
    const { accept } = inbox;
    const losing: Inbox['accept'] = async (interaction) => {
      await accept(interaction);
      throw new Error('connection terminated');
    };
    await expect(Object.assign(inbox, { accept: losing }) && service.accept(EVENT)).rejects.toThrow('terminated');
    Object.assign(inbox, { accept });
    expect(await service.accept(EVENT)).toBe(false);
    await service.settle();
    await service.idle();
    expect(handled).toEqual([EVENT.id]);
  });
});
