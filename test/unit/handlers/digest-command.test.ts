import { describe, expect, it } from 'vitest';
import type { Place } from '../../../src/domain/place.ts';
import { createAnswer } from '../../../src/handlers/answer.ts';
import type { CommandContext } from '../../../src/handlers/command-spec.ts';
import { digest } from '../../../src/handlers/commands/digest.ts';
import type { Digest } from '../../../src/services/digests/digest.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import { aWorld, channel, type KnownPerson, theActor } from '../../support/world.ts';
import { aDigest } from '../services/digests/digest-builders.ts';
import { CHANNELS } from './doors-of.ts';
import { said } from './told.ts';

async function typed(as: KnownPerson, where: string | Place, ...words: readonly string[]) {
  const told: OutgoingMessage[] = [];
  const made: string[] = [];
  const touched: unknown[] = [];
  const place = typeof where === 'string' ? channel(where) : where;
  const outbox = { put: async (message: OutgoingMessage) => void told.push(message) };
  const to = { kind: 'response_url', url: 'http://slack/r' } as never;
  const asker = { userId: 'U', place, addresses: { shown: to, whispered: to }, isMention: false };
  const digests = {
    async make(environment: Digest['environment'], kind: Digest['kind']) {
      made.push(`${kind} ${environment.customer}/${environment.name}`);
      return aDigest({ kind, environment });
    },
  };
  const context = {
    ...{ actor: theActor(as), place, outbox, touch: (target: unknown) => touched.push(target) },
    services: { inventory: createInventoryService({ config: aWorld }), digests },
    answer: createAnswer({ outbox, asker, requestId: 'r-1' }),
  } as unknown as CommandContext;
  const failure = await digest.run(words, context).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { told, made, touched, failure, said: said({ told }), last: told.at(-1)?.message.text };
}

describe('digest', () => {
  it('shows our own people the last day, in one message', async () => {
    const world = await typed('alice', CHANNELS.acmeOps, 'prod');
    expect(world.made).toEqual(['daily acme/prod']);
    expect(world.last).toMatch(/acme\/prod: /);
    expect(new Set(world.told.map(({ key }) => key)).size).toBe(1);
    expect(world.touched).toEqual([{ customer: 'acme', environment: 'prod' }]);
  });

  it('shows the last week when it is asked for', async () => {
    const world = await typed('alice', CHANNELS.acmeOps, 'prod', '--weekly');
    expect(world.made).toEqual(['weekly acme/prod']);
    expect(world.said).not.toContain('for our operations team');
  });

  it.each([
    ['dana', CHANNELS.acmeShared],
    ['alice', CHANNELS.acmeShared],
    ['dana', { kind: 'direct' }],
  ] as const)('gives %s in %j nothing but what is for customers, and says so', async (as, where) => {
    const world = await typed(as, where, 'prod');
    expect(world.made).toEqual(['weekly acme/prod']);
    expect(world.last).toContain('The last week of');
    expect(world.said).toContain('The daily digest is for our operations team');
  });

  it('gives our own people the last day in a direct message', async () => {
    expect((await typed('alice', { kind: 'direct' }, 'acme/prod')).made).toEqual(['daily acme/prod']);
  });

  it('says why there is none of what is not production', async () => {
    const world = await typed('alice', CHANNELS.acmeOps, 'dev');
    expect(world.said).toContain('`acme/dev` is not production, and only production is watched.');
    expect(world.said).toContain('`/msops status acme/dev`');
    expect(world.made).toEqual([]);
  });

  it.each([
    ['alice', [], 'Which environment?'],
    ['alice', ['prod', 'dev'], 'One environment at a time, please.'],
    ['alice', ['nosuch'], 'There is no environment `nosuch` here.'],
    ['dana', ['globex/prod'], 'There is no environment `globex/prod` here.'],
    ['erin', ['prod'], '`host.read` needs the role'],
    ['gus', ['prod'], ''],
  ] as const)('refuses %s with %j', async (as, words, sentence) => {
    const world = await typed(as, CHANNELS.acmeOps, ...words);
    expect(world.failure).toContain(sentence);
    expect([world.told, world.made]).toEqual([[], []]);
  });
});
