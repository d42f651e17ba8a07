import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, type Said, seen } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { until } from '../support/until.ts';

/** The deadline of one host's check, with room for a busy machine. */
const HOST_DEADLINE_MS = 10_000;

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world.stop());

const CHANNELS = { acme: 'acme-ops', globex: 'globex-ops', initech: 'initech-ops' } as const;

function status(customer: keyof typeof CHANNELS, hosts = ''): Promise<Said> {
  return answer(world, ['alice', CHANNELS[customer]], `/msops status prod ${hosts}`);
}

describe('status of what does not answer', () => {
  // It takes ten seconds, in which the other tests look at other customers.
  let hanging: Promise<Said>;

  it('shows the others while one hangs', async () => {
    const { host } = world.hosts.control;
    host('is-1').hang();
    const startedAt = performance.now();
    hanging = status('acme', 'is-1 is-2 mi-1');
    const partial = await until('the answers of the others', () =>
      seen(world, 'alice', 'acme-ops').find(({ text }) => text.includes('checking 3 hosts… 2 answered')),
    );
    expect(performance.now() - startedAt).toBeLessThan(HOST_DEADLINE_MS);
    expect(partial.table.slice(1).map(([, reached]) => reached)).toEqual(['yes', 'yes', 'waiting']);
  });

  it('tells a host that refuses from one that shows another key, and both when they are mended', async () => {
    const { host } = world.hosts.control;
    const broken = await status('initech');
    expect(broken.text).toBe('⛔ initech/prod: 1 of 3 healthy, 2 unreachable: esb-2 (refused), esb-3 (key changed)');
    expect(broken.words).toContain('host esb-2 at esb-2.initech.internal:22 refused the connection');
    expect(broken.words).toMatch(/esb-3 .* showed a host key that is not the pinned one, so I did not log in/);
    expect(broken.words).toMatch(/offered SHA256:\S+, pinned is SHA256:/);
    host('esb-2').heal();
    host('esb-3').heal();
    expect((await status('initech')).text).toBe('✅ initech/prod: all 3 hosts healthy');
  });

  it('blames a bastion that is down once, for all hosts behind it', async () => {
    const { bastion } = world.hosts.control;
    await bastion('initech-bastion').stop();
    const broken = await status('initech');
    expect(broken.text).toContain('0 of 3 healthy, 3 unreachable');
    expect(broken.words.match(/bastion initech-bastion at \S+ refused the connection/g)).toHaveLength(1);
    const way = await answer(world, ['alice', 'initech-ops'], '/msops connect prod');
    expect(way.text).toBe('⛔ initech/prod: the way in breaks at `initech-bastion`; no host can be reached');
    expect(way.words).toMatch(/bastion initech-bastion at \S+ refused the connection/);
    expect(way.words).toContain('host esb-1: not tried');
    await bastion('initech-bastion').heal();
    expect((await status('initech')).text).toBe('✅ initech/prod: all 3 hosts healthy');
  });

  it('says that a bastion does not forward', async () => {
    const { bastion } = world.hosts.control;
    await bastion('initech-bastion').stop();
    await bastion('initech-bastion').start();
    bastion('initech-bastion').denyForwarding();
    const broken = await status('initech', 'esb-1');
    expect(broken.text).toBe('⛔ initech/prod: 0 of 1 healthy, 1 unreachable: esb-1 (no forwarding)');
    expect(broken.words).toContain('let us in but does not forward to the next hop');
    await bastion('initech-bastion').heal();
    expect((await status('initech', 'esb-1')).text).toBe('✅ initech/prod: esb-1 is healthy');
  });

  it('names a bastion that refuses our key, and stops knocking', async () => {
    const { bastion } = world.hosts.control;
    bastion('globex-bastion').refuseAuthentication();
    const refused = await status('globex', 'gw-1');
    expect(refused.text).toBe('⛔ globex/prod: 0 of 1 healthy, 1 unreachable: gw-1 (login refused)');
    expect(refused.words).toMatch(/bastion globex-bastion at \S+ refused our key, or our source address/);
    await status('globex', 'gw-1');
    await bastion('globex-bastion').heal();
    expect((await status('globex', 'gw-1')).words).toMatch(/refused 2 times in a row, not tried again before \d\d:/);
  });

  it('shows the one that hangs at its deadline, and that it is well again', async () => {
    const final = await hanging;
    world.hosts.control.host('is-1').heal();
    expect(final.text).toMatch(/^⛔ acme\/prod: 2 of 3 healthy, 1 unreachable: is-1/);
    expect(final.words).toContain('took the connection and then said nothing');
    expect((await status('acme', 'is-1')).text).toBe('✅ acme/prod: is-1 is healthy');
  });

  it('shows what is wrong with a host that can be reached', async () => {
    const { host } = world.hosts.control;
    host('mi-1').stopProduct();
    host('apim-2').unhealthy();
    host('is-2').fillDisk(97);
    const said = await status('acme', 'mi-1 apim-2 is-2 apim-1');
    expect(said.text).toMatch(/^🔴 acme\/prod: 1 of 4 healthy, /);
    const rows = new Map(said.table.slice(1).map((row) => [row[0]?.split(' ').at(-1), row]));
    expect(rows.get('mi-1')?.[7]).toBe('mi down');
    expect(rows.get('apim-2')?.[7]).toBe('1 of 2 failing');
    expect(rows.get('is-2')?.[5]).toBe('/var 97 %');
    expect(rows.get('apim-1')?.[7]).toBe('healthy');
    for (const name of ['mi-1', 'apim-2', 'is-2']) {
      host(name).heal();
    }
    expect((await status('acme', 'mi-1 apim-2 is-2')).text).toBe('✅ acme/prod: all 3 hosts healthy');
  });
});
