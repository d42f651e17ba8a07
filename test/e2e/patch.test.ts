import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, hostsOf, rowOf } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world.stop());

describe('patch plan', () => {
  it('shows what waits in production, marked, held and stale, to all who read along', async () => {
    const said = await answer(world, ['alice', 'acme-ops'], '/msops patch plan prod');
    expect(said).toMatchObject({ isEdited: true, isWhisper: false });
    expect(said.text).toMatch(/4 security updates on 2 of 6 hosts, 7 packages pending; 1 host needs a reboot$/);
    expect(rowOf(said, 'apim-1').slice(2)).toEqual([
      ...['3', '1', '1', '5 h ago', '2 services', 'works, 5 h ago: Debian-Security'],
    ]);
    expect(rowOf(said, 'mi-2').slice(2)).toEqual([
      ...['4', '3', '0', '23 d ago', 'no', 'stopped, 23 d ago: Debian-Security'],
    ]);
    expect(rowOf(said, 'is-1').at(-2)).toBe('reboot');
    expect(rowOf(said, 'mi-1').slice(2, 4)).toEqual(['0', '0']);
    expect(said.words).toContain('🔒 openssl 3.0.20-1~deb12u2 → 3.0.22-1~deb12u2 (Debian-Security)');
    expect(said.words).toContain('▫️ base-files');
    expect(said.words).toContain('apt-get update was not run');
  });

  it('asks only the hosts that are named, however they are written', async () => {
    const said = await answer(world, ['bob', 'acme-ops'], '/msops patch plan prod —hosts “apim-2, MI-1”');
    expect(hostsOf(said)).toEqual(['✅ apim-2', '✅ mi-1']);
    expect(said.text).toBe('✅ acme/prod: no security updates, 0 packages pending');
  });

  it('does not know the security state where a repository does not tell', async () => {
    const said = await answer(world, ['carol', 'globex-ops'], '/msops patch plan prod --hosts db-proxy-1');
    expect(rowOf(said, 'db-proxy-1').slice(1, 4)).toEqual(['Rocky Linux 9.5 (Blue Onyx)', '2', 'unknown']);
    expect(said.words).toContain('the repository has no updateinfo metadata');
  });

  it('has hosts that are not reached in the words of the hop', async () => {
    const said = await answer(world, ['alice', 'ops-all'], '/msops patch plan initech/prod');
    expect(said.text).toContain('2 not reached');
    expect(said.words).toContain('host esb-2 at esb-2.initech.internal:22 refused the connection');
  });

  it('is refused to those who may not, and its audit entry is like any other', async () => {
    expect((await answer(world, ['dana', 'acme-shared'], '@msops patch plan prod')).words).toContain('needs the role');
    expect((await answer(world, ['bob', 'globex-ops'], '/msops patch plan prod')).isWhisper).toBe(true);
    const { words } = await answer(world, ['erin', 'dm'], 'audit --since 1h');
    expect(words).toMatch(/Alice Moreau .* patch.plan on acme\/prod \(.*\) succeeded/);
    expect(words).toMatch(/patch.plan denied/);
  });
});

describe('patch auto', () => {
  it('shows where the promise is kept and where it is broken', async () => {
    const acme = await answer(world, ['alice', 'acme-ops'], '/msops patch auto prod');
    expect(acme.text).toBe('🔴 acme/prod: automatic security updates work on 5 of 6 hosts; stopped: mi-2');
    expect(rowOf(acme, 'mi-2').slice(1)).toEqual([
      ...['stopped', 'unattended-upgrades', 'Debian-Security', '23 d ago', 'nothing to install', '3', 'no'],
    ]);
    expect(acme.words).toContain('apt-daily-upgrade.timer is inactive, disabled');
    const globex = await answer(world, ['alice', 'globex-ops'], '/msops patch auto prod');
    expect(globex.text).toContain('work on 2 of 3 hosts; off: db-proxy-1');
  });

  it('has nothing to complain about in the log', () => {
    expect(world.log.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });
});
