import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startHosts } from '../../../sandbox/hosts/start-hosts.ts';
import { writeWorldConfig } from '../../../sandbox/world-config.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { MsopsFile } from '../../../src/config/msops-file.ts';

describe('writeWorldConfig', () => {
  const directory = mkdtempSync(join(tmpdir(), 'world-config-'));

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('writes a configuration that msops takes, with the ports and keys of the running hosts', async () => {
    const hosts = await startHosts({ directory });
    await hosts.stop();
    const file = join(directory, 'msops.yml');
    writeWorldConfig(file, hosts);

    const config = MsopsFile.parse(parse(readFileSync(file, 'utf8')));

    expect(config.customers.map(({ id }) => id)).toEqual(['acme', 'globex', 'initech']);
    expect(config.customers[0]?.bastions[0]?.ssh?.port).toBe(hosts.customers[0]?.bastion.port);
    expect(config.customers[0]?.environments[0]?.hosts[0]?.host_keys).toEqual([
      hosts.customers[0]?.environments[0]?.hosts[0]?.hostKey,
    ]);
    expect(Object.keys(config.people)).not.toContain('mallory');
  });

  it('writes policies that can be fulfilled, and lets the one host of a role go down', async () => {
    const hosts = await startHosts({ directory });
    await hosts.stop();
    const file = join(directory, 'msops.yml');
    writeWorldConfig(file, hosts);

    const { inventory, policies } = loadConfig(file);

    const environments = inventory.customers.flatMap((customer) => customer.environments);
    const ofChanges = policies.filter(({ changes }) => !changes.includes('access'));
    expect(ofChanges.flatMap((policy) => policy.environments)).toEqual(
      environments.map(({ customer, name }) => `${customer}/${name}`),
    );
    expect(environments.map(({ rollout }) => rollout.keepRunning)).toEqual([
      {},
      { gateway: 0 },
      { 'database-proxy': 0 },
      {},
    ]);
    expect(environments[0]?.hosts[0]?.drain).toMatchObject({ kind: 'command', via: 'apim-1' });
  });

  it('has production watched for people only, quick enough to look on', async () => {
    const hosts = await startHosts({ directory });
    await hosts.stop();
    const file = join(directory, 'msops.yml');
    const intervals = () =>
      loadConfig(file)
        .inventory.customers.flatMap(({ environments }) => environments)
        .map(({ production, monitoring }) => [production, monitoring?.everyMs]);

    writeWorldConfig(file, hosts);
    expect(intervals().map(([, everyMs]) => everyMs)).toEqual([undefined, undefined, undefined, undefined]);

    writeWorldConfig(file, hosts, { isWatched: true });
    expect(intervals()).toEqual(intervals().map(([production]) => [production, production ? 15_000 : undefined]));
    expect(intervals().filter(([production]) => production)).not.toHaveLength(0);
  });
});
