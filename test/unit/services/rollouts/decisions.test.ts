import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ROLLOUT, type RolloutSettings } from '../../../../src/domain/inventory.ts';
import { comparePlans } from '../../../../src/services/rollouts/compare-plans.ts';
import type { ChangePlan, HostPlan } from '../../../../src/services/rollouts/host-change.ts';
import { judgeFailures } from '../../../../src/services/rollouts/judge-failures.ts';
import { planWaves } from '../../../../src/services/rollouts/plan-waves.ts';
import type { RolloutHost } from '../../../../src/services/rollouts/rollout.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';

const aPlan = (host: string, role = 'gateway', lines: readonly string[] = []): HostPlan => ({
  ...{ host, role, lines, work: lines, rollback: 'none' },
});

function environmentOf(hosts: readonly HostPlan[]) {
  return { ...anEnvironment('acme', 'prod', []), hosts: hosts.map(({ host, role }) => aHost(host, { role })) };
}

function wavesOf(hosts: readonly HostPlan[], settings: Partial<RolloutSettings> = {}) {
  return planWaves(hosts, environmentOf(hosts), { ...DEFAULT_ROLLOUT, ...settings });
}

describe('waves', () => {
  it('begin with the canary and go on by size, keeping one of each role in service', () => {
    const hosts = [aPlan('g1'), aPlan('g2'), aPlan('g3'), aPlan('i1', 'identity'), aPlan('i2', 'identity')];
    expect(wavesOf(hosts, { wave: { hosts: 3 } }).waves).toEqual([['g1'], ['g2', 'g3', 'i1'], ['i2']]);
  });

  it('refuse the only host of a role, and say what would allow it', () => {
    const { waves, problems } = wavesOf([aPlan('db-proxy-1', 'database-proxy')]);
    expect(waves).toEqual([]);
    expect(problems[0]?.text).toContain('db-proxy-1 is the only database-proxy');
    expect(problems[0]?.text).toContain('keep_running: { database-proxy: 0 }');
    expect(wavesOf([aPlan('a', 'x')], { keepRunning: { x: 0 } }).waves).toEqual([['a']]);
  });

  it('hold every host once and never more of a role than may be missing', () => {
    const role = fc.constantFrom('gateway', 'identity', 'integrator');
    const settings = fc.record({
      canary: fc.nat(3),
      wave: fc.oneof(
        fc.record({ hosts: fc.integer({ min: 1, max: 9 }) }),
        fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
      ),
      keepRunning: fc.dictionary(role, fc.nat(3)),
    });
    fc.assert(
      fc.property(fc.array(role, { maxLength: 40 }), settings, (roles, chosen) => {
        const hosts = roles.map((name, index) => aPlan(`h${index}`, name));
        const { waves, problems } = wavesOf(hosts, chosen);
        if (problems.length > 0) {
          expect(waves).toEqual([]);
          return;
        }
        expect(waves.flat().toSorted()).toEqual(hosts.map(({ host }) => host).toSorted());
        for (const wave of waves) {
          expect(wave.length).toBeGreaterThan(0);
          for (const name of new Set(roles)) {
            const missing = wave.filter((host) => hosts.find((one) => one.host === host)?.role === name).length;
            const all = roles.filter((one) => one === name).length;
            expect(all - missing).toBeGreaterThanOrEqual(chosen.keepRunning[name] ?? 1);
          }
        }
      }),
    );
  });
});

describe('failures', () => {
  const hosts = (...states: [wave: number, state: RolloutHost['state']][]): RolloutHost[] =>
    states.map(([wave, state], index) => ({ host: `h${index}`, wave, state }));
  const settings = { ...DEFAULT_ROLLOUT, maxFailures: 2, maxFailuresPerWave: 1 };

  it('stop a rollout when there are more than it may lose, in all or in a wave', () => {
    expect(judgeFailures(hosts([0, 'failed'], [1, 'failed'], [2, 'done']), settings)).toBeUndefined();
    expect(judgeFailures(hosts([0, 'failed'], [1, 'failed'], [2, 'failed']), settings)).toContain(
      '3 hosts have failed',
    );
    expect(judgeFailures(hosts([1, 'failed'], [1, 'failed']), settings)).toContain('2 hosts have failed in one wave');
    expect(judgeFailures(hosts([0, 'failed']), DEFAULT_ROLLOUT)).toContain('1 host has failed');
  });
});

describe('two plans', () => {
  const plan = (...hosts: HostPlan[]): ChangePlan => ({
    ...{ type: 't', kind: 'patch', spec: {}, title: '', hosts, idle: [], problems: [], warnings: [] },
  });

  it('differ by hosts and by lines', () => {
    expect(
      comparePlans(plan(aPlan('a'), aPlan('b', 'r', ['x 1'])), plan(aPlan('b', 'r', ['x 2']), aPlan('c'))),
    ).toEqual(['a: nothing is to be done any more', 'b: not any more: x 1', 'b: new: x 2', 'c: is new in the plan']);
    expect(comparePlans(plan(aPlan('a', 'r', ['x'])), plan(aPlan('a', 'r', ['x'])))).toEqual([]);
  });
});
