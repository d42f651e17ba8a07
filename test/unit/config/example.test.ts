import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../../src/config/load-config.ts';
import { STARTING_HOLDS } from '../../../src/config/starting-holds.ts';
import { CHANGE_KINDS } from '../../../src/domain/approval-policy.ts';
import { isInCidrs } from '../../../src/domain/cidr.ts';
import { DEFAULT_ROLLOUT, SIGNALS } from '../../../src/domain/inventory.ts';
import { PERMISSIONS } from '../../../src/domain/permission.ts';

const FILE = 'msops.example.yml';
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'];
const config = loadConfig(FILE);
const environments = config.inventory.customers.flatMap((customer) => customer.environments);

describe('msops.example.yml', () => {
  it('is right, and has the customers that the sandbox has', () => {
    expect(config.inventory.customers.map(({ id }) => id)).toEqual(['acme', 'globex', 'initech']);
    expect(environments.map(({ hosts }) => hosts.length)).toEqual([6, 1, 3, 1]);
  });

  it('uses every permission and every kind of change, so that none is left for the reader to find out', () => {
    expect(new Set(Object.values(config.roles).flat())).toEqual(new Set(PERMISSIONS));
    expect(new Set(config.policies.flatMap(({ changes }) => changes))).toEqual(new Set(CHANGE_KINDS));
  });

  it('has a policy for every kind of change in every environment', () => {
    const covered = config.policies.flatMap((policy) =>
      policy.environments.flatMap((environment) => policy.changes.map((change) => `${change} in ${environment}`)),
    );
    expect(covered).toHaveLength(environments.length * CHANGE_KINDS.length);
  });

  it('shows every way to drain, a promise, a break-glass and a second account', () => {
    const drains = environments.flatMap(({ hosts }) => hosts.map(({ drain }) => drain?.kind));
    expect(new Set(drains)).toEqual(new Set(['haproxy', 'command', undefined]));
    expect(new Set(environments.map(({ securityWithinMs }) => securityWithinMs))).toEqual(
      new Set([259_200_000, 604_800_000]),
    );
    expect(config.policies.filter(({ breakGlass }) => breakGlass !== undefined)).toHaveLength(1);
    expect(config.people.filter(({ alsoKnownAs }) => alsoKnownAs !== undefined)).toHaveLength(1);
  });

  it('shows every way in', () => {
    const ways = environments.map(({ accessPath: { bastions, vpn } }) =>
      `${vpn?.kind ?? ''} ${bastions.length}`.trim(),
    );
    expect(new Set(ways)).toEqual(new Set(['1', 'wireguard 2', '0']));
  });

  it('uses addresses that are nobody’s', () => {
    const endpoints = environments.flatMap(({ hosts, accessPath }) => [
      ...hosts.map(({ ssh }) => ssh),
      ...accessPath.bastions,
    ]);
    for (const { address } of endpoints) {
      expect(isIP(address) === 0 ? address.endsWith('.example') : isInCidrs(address, DOCUMENTATION)).toBe(true);
    }
  });

  it('pins another key for every machine', () => {
    const text = readFileSync(FILE, 'utf8');
    const keys = text.match(/AAAA[\w+/=]+/g) ?? [];
    expect(keys.length).toBeGreaterThan(14);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('holds no secret, and says so', () => {
    const text = readFileSync(FILE, 'utf8');
    expect(text).toMatch(/No secret belongs here/);
    expect(text).not.toMatch(/xox[abp]-|xapp-|PRIVATE KEY|password: (?!acme_smtp)/i);
  });

  it('writes down the thresholds that one gets anyway', () => {
    const raw = parse(readFileSync(FILE, 'utf8')) as { defaults: { thresholds: Record<string, unknown> } };
    const { thresholds } = environments[1]?.hosts[0] ?? {};
    expect(Object.values(raw.defaults.thresholds)).toEqual(Object.values(thresholds ?? {}));
  });

  it('writes down all settings of rollouts, with what one gets anyway', () => {
    const raw = parse(readFileSync(FILE, 'utf8')) as { defaults: { rollout: object } };
    expect(Object.keys(raw.defaults.rollout)).toHaveLength(Object.keys(DEFAULT_ROLLOUT).length);
    const initech = environments.at(-1);
    expect(initech?.rollout).toEqual(DEFAULT_ROLLOUT);
  });

  it('writes down all settings of monitoring, with what one gets anyway', () => {
    const raw = parse(readFileSync(FILE, 'utf8')) as { defaults: { monitoring: { holds: Record<string, object> } } };
    const { holds, ...others } = raw.defaults.monitoring;
    expect(Object.keys(others)).toEqual(['every', 'tell_customer', 'runbooks', 'notices']);
    expect(Object.keys(holds)).toEqual([...SIGNALS]);
    expect(Object.values(holds).flatMap((times) => Object.keys(times))).toHaveLength(3 * SIGNALS.length);
    const watched = { everyMs: 60_000, tellCustomer: false, holds: STARTING_HOLDS, runbooks: {}, notices: [] };
    expect(environments.at(-1)?.monitoring).toEqual(watched);
  });
});
