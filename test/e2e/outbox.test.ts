import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/slack/world/model.ts';
import { answer, ask, quiet, seen } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterEach(() => {
  world.slack.faults.splice(0);
});
afterAll(() => world.stop());

function order(fault: Omit<Fault, 'times'> & { times?: number }): void {
  world.slack.faults.push({ times: 1, ...fault });
}

/** When the last call of the method ended well, Unix milliseconds. */
function lastSent(method: string, channel: string): number {
  return world.slack.calls.findLast((call) => call.ok && call.method === method && call.args.channel === channel)!.at;
}

describe('writes to Slack', () => {
  it('wait in the channel that Slack paces, and nowhere else', async () => {
    order({ method: 'chat.postMessage', channel: 'C0ACMEOPS', status: 429, retryAfter: 3 });
    const startedAt = Date.now();
    const paced = ask(world, ['alice', 'acme-ops'], '/msops status dev');
    await until('the 429', () => world.slack.calls.some(({ status }) => status === 429));
    await Promise.all([
      world.human.say('carol', 'globex-ops', '/msops status prod db-proxy-1'),
      world.human.say('alice', 'acme-ops', '/msops hosts dev'),
      world.human.say('bob', 'acme-ops', '@msops hosts dev'),
      world.human.openHome('alice'),
    ]);
    const answered = await until('the answers of the others', () => {
      const own = seen(world, 'alice', 'acme-ops').some(({ words }) => words.includes('acme/dev: 1 host'));
      const mention = seen(world, 'bob', 'acme-ops').some(({ words }) => words.includes('acme/dev: 1 host'));
      const other = seen(world, 'carol', 'globex-ops').some(({ text }) => text.includes('db-proxy-1 is healthy'));
      return own && mention && other && world.slack.world.homes.has('U0ALICE') && Date.now();
    });
    await paced;
    const heldUp = lastSent('chat.postMessage', 'C0ACMEOPS');
    expect(heldUp - startedAt).toBeGreaterThanOrEqual(3_000);
    expect(answered).toBeLessThan(heldUp);
    expect(seen(world, 'alice', 'acme-ops').at(-1)?.text).toContain('dev-1 is healthy');
  });

  it('end in the last state when an earlier edit is slow', async () => {
    order({ method: 'chat.update', channel: 'C0OPSALL', delayMs: 800 });
    const said = await answer(world, ['alice', 'ops-all'], '/msops status acme/prod');
    expect(said.text).toContain('5 of 6 healthy');
    expect(said.words).toContain('Check again');
    const updates = world.slack.calls.filter(({ method, args }) => method === 'chat.update' && args.ts === said.ts);
    expect(updates.at(-1)?.args.text).toBe(said.text);
  });

  it('are tried again when Slack fails or the answer of an edit is lost', async () => {
    order({ method: 'chat.postMessage', channel: 'C0GLOBEXOPS', status: 503 });
    order({ method: 'chat.update', channel: 'C0GLOBEXOPS', loseAnswer: true });
    const said = await answer(world, ['alice', 'globex-ops'], '/msops status prod db-proxy-1');
    expect(said.text).toContain('db-proxy-1 is healthy');
  });

  it('fall back to words when Slack refuses the blocks, and nothing old stays beside them', async () => {
    order({ method: 'chat.update', channel: 'C0INITECHOPS', error: 'invalid_blocks' });
    const said = await answer(world, ['alice', 'initech-ops'], '/msops status prod esb-1');
    expect(said.text).toContain('esb-1 is healthy');
    expect(said.words).toBe('');
    expect(world.log.find(({ message }) => message.startsWith('Slack refused the blocks'))?.level).toBe('error');
  });

  it('tell the asker by the response URL where the bot may not post', async () => {
    const channel = world.slack.world.channels.get('C0INITECHOPS');
    channel?.members.delete('U0MSOPS');
    const said = await answer(world, ['carol', 'initech-ops'], '/msops status prod');
    expect(said).toMatchObject({ isWhisper: true, text: expect.stringContaining('/invite @msops') });
    channel?.members.add('U0MSOPS');
  });

  it('reach the asker when Slack loses the first use of a response URL', async () => {
    order({ method: 'response_url', status: 500, times: 2 });
    expect((await answer(world, ['alice', 'acme-ops'], '/msops help')).words).toContain('What you may do here');
  });
});

describe('somebody whose workspace Slack does not tell', () => {
  it('is asked to try again, is not taken for unknown, and gets nothing done', async () => {
    order({ method: 'users.info', status: 500, times: 3 });
    const said = await answer(world, ['erin', 'globex-ops'], '@msops hosts prod');
    expect(said).toMatchObject({ isWhisper: true, text: expect.stringContaining('did not tell me who you are') });
    await quiet(world);
    expect((await answer(world, ['erin', 'globex-ops'], '@msops hosts prod')).words).toContain('3 hosts');
  });
});
