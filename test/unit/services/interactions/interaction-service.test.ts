import { describe, expect, it } from 'vitest';
import { createInteractionService } from '../../../../src/services/interactions/interaction-service.ts';
import type { Inbox, StoredInteraction } from '../../../../src/services/interactions/ports.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';

const COMMAND = { id: 'command:U1:t1', kind: 'command', payload: {} } as const;

function memoryInbox(left: readonly StoredInteraction[] = []) {
  const states = new Map<string, string>(left.map(({ id }) => [id, 'accepted']));
  const inbox: Inbox = {
    async accept({ id }) {
      if (states.has(id)) {
        return false;
      }
      states.set(id, 'accepted');
      return true;
    },
    async begin(id) {
      const isFree = states.get(id) === 'accepted';
      states.set(id, isFree ? 'working' : (states.get(id) ?? 'unknown'));
      return isFree;
    },
    async finish(id, outcome) {
      states.set(id, outcome);
    },
    takeOver: async () => left,
  };
  return { inbox, states };
}

describe('interaction service', () => {
  it('works once on an interaction that Slack delivers twice', async () => {
    const { inbox, states } = memoryInbox();
    const handled: string[] = [];
    const handle = async ({ id }: { id: string }) => void handled.push(id);
    const service = createInteractionService({ inbox, handle, logger: createRecordingLogger() });
    expect([await service.accept(COMMAND), await service.accept(COMMAND)]).toEqual([true, false]);
    service.work(COMMAND);
    service.work(COMMAND);
    await service.idle();
    expect(handled).toEqual([COMMAND.id]);
    expect(states.get(COMMAND.id)).toBe('done');
  });

  it('works on what a dead replica left, and gives up after three attempts', async () => {
    const left = [0, 3].map((attempts) => ({ ...COMMAND, id: `c${attempts}`, receivedAt: new Date(0), attempts }));
    const { inbox, states } = memoryInbox(left);
    const handled: string[] = [];
    const handle = async ({ id }: { id: string }) => void handled.push(id);
    const service = createInteractionService({ inbox, handle, logger: createRecordingLogger() });
    await service.resume();
    await service.idle();
    expect(handled).toEqual(['c0']);
    expect(states.get('c3')).toBe('failed');
  });

  it('survives a handler that throws', async () => {
    const { inbox, states } = memoryInbox();
    const handle = async () => Promise.reject(new Error('boom'));
    const service = createInteractionService({ inbox, handle, logger: createRecordingLogger() });
    await service.accept(COMMAND);
    service.work(COMMAND);
    await service.idle();
    expect(states.get(COMMAND.id)).toBe('failed');
  });
});
