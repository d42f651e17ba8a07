import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { CONFIG_TEXT, type Edit, HOST_KEY, parseEdited } from '../../support/config-file.ts';

function configOf(edit: Edit): Config {
  const { config, problems } = parseEdited(edit);
  expect(problems).toEqual([]);
  return config!;
}

const unchanged = { from: 'version: 1', to: 'version: 1' };
const prodOf = ({ inventory }: Config) => inventory.customers[0]!.environments[0]!;
const withHost = (more: string) => prodOf(configOf({ from: '192.0.2.2,', to: `192.0.2.2, ${more},` })).hosts[0]!;

describe('the configuration', () => {
  it('knows people by their ids, with what they were assigned', () => {
    expect(configOf(unchanged).people).toEqual([
      { id: 'T0MERIDIAN:U0ALICE', displayName: 'Alice', grants: [{ role: 'operator', customers: 'all' }] },
      { id: 'T0MERIDIAN:U0CAROL', displayName: 'Carol', grants: [{ role: 'approver', customers: ['acme', 'globex'] }] },
      { id: 'T0ACME:U0DANA', displayName: 'Dana', grants: [{ role: 'approver', customers: ['acme'] }] },
    ]);
  });

  it('knows the other accounts of a person, also of our own in the workspace of a customer', () => {
    const also = 'also: ["T0ACME:U0CAROLGUEST", "T0MERIDIAN:W0CAROL"]';
    const { people } = configOf({ from: '"T0MERIDIAN:U0CAROL",', to: `"T0MERIDIAN:U0CAROL", ${also},` });
    expect(people.map(({ alsoKnownAs }) => alsoKnownAs)).toEqual([
      undefined,
      ['T0ACME:U0CAROLGUEST', 'T0MERIDIAN:W0CAROL'],
      undefined,
    ]);
  });

  it('lets one person have the same user id under two workspaces', () => {
    const { people } = configOf({
      from: '"T0MERIDIAN:U0CAROL",',
      to: '"T0MERIDIAN:U0CAROL", also: ["T0ACME:U0CAROL"],',
    });
    expect(people[1]?.alsoKnownAs).toEqual(['T0ACME:U0CAROL']);
  });

  it('reads who may break the glass, for how long, and when that is reviewed', () => {
    const text = CONFIG_TEXT.replace('change.request]', 'change.request, break_glass.use]').replace(
      'expires_after: 4h',
      'expires_after: 4h\n    break_glass: { roles: [operator], lasts: 1h, review_within: 2d }',
    );
    expect(configOf({ from: CONFIG_TEXT, to: text }).policies[0]?.breakGlass).toEqual({
      roles: ['operator'],
      lastsMs: 3_600_000,
      reviewWithinMs: 172_800_000,
    });
  });

  it('binds channels by kind', () => {
    expect(configOf(unchanged).inventory.customers[0]?.channels).toEqual([
      { channelId: 'C0ACMEOPS', kind: 'ops' },
      { channelId: 'C0OPSALL', kind: 'ops' },
      { channelId: 'C0ACMESHARED', kind: 'shared' },
    ]);
  });

  it('resolves bastions by name, in the order of the chain', () => {
    const inner = `\n      - { name: inner, address: 192.0.2.9, host_keys: [${HOST_KEY}], ssh: { user: hop, port: 2222 } }`;
    const from = `[${HOST_KEY}] }\n    environments`;
    const to = `[${HOST_KEY}] }${inner}\n    environments`;
    const text = CONFIG_TEXT.replace('[jump]', '[inner, jump]');
    const { accessPath } = prodOf(configOf({ from: CONFIG_TEXT, to: text.replace(from, to) }));
    expect(accessPath.bastions).toEqual([
      { name: 'inner', address: '192.0.2.9', port: 2222, user: 'hop', hostKeys: [HOST_KEY] },
      { name: 'jump', address: '192.0.2.1', port: 22, user: 'msops', hostKeys: [HOST_KEY] },
    ]);
  });

  it('reads a VPN, alone or before bastions', () => {
    const vpn = 'vpn: { kind: wireguard, interface: wg-acme, max_handshake_age: 5m }';
    const { accessPath } = prodOf(configOf({ from: 'bastions: [jump]', to: `${vpn}, bastions: [jump]` }));
    expect(accessPath.vpn).toEqual({ kind: 'wireguard', interface: 'wg-acme', maxHandshakeAgeSeconds: 300 });
    expect(accessPath.bastions).toHaveLength(1);
    const alone = prodOf(configOf({ from: 'bastions: [jump]', to: 'vpn: { kind: openvpn, interface: tun0 }' }));
    expect(alone.accessPath).toMatchObject({ bastions: [], vpn: { kind: 'openvpn', maxHandshakeAgeSeconds: 180 } });
  });

  it('takes user and port of SSH from the host, else from the defaults, each for itself', () => {
    const defaults = 'defaults: { ssh: { user: ops, port: 2200 } }\ncustomers:\n';
    const { hosts } = prodOf(configOf({ from: 'customers:\n', to: defaults }));
    expect([hosts[0]?.ssh.user, hosts[0]?.ssh.port]).toEqual(['ops', 2200]);
    expect(withHost('ssh: { user: root }').ssh).toMatchObject({ user: 'root', port: 22 });
  });

  it('drops the comment of a host key', () => {
    expect(prodOf(configOf({ from: HOST_KEY, to: `${HOST_KEY} root@jump` })).accessPath.bastions[0]?.hostKeys).toEqual([
      HOST_KEY,
    ]);
  });

  it('takes each threshold from the host, else the environment, else the defaults, else its own', () => {
    const text = CONFIG_TEXT.replace(
      'customers:\n',
      'defaults: { thresholds: { disk_used: { warning: 10, critical: 11 }, cpu_busy: { warning: 20, critical: 21 }, memory_used: { warning: 30, critical: 31 } } }\ncustomers:\n',
    )
      .replace(
        '        hosts:',
        '        thresholds: { disk_used: { warning: 12, critical: 13 }, cpu_busy: { warning: 22, critical: 23 } }\n        hosts:',
      )
      .replace('192.0.2.2,', '192.0.2.2, thresholds: { disk_used: { warning: 14, critical: 15 } },');
    const [first, second] = prodOf(configOf({ from: CONFIG_TEXT, to: text })).hosts;
    const warnings = [first, second].map((host) => {
      const { diskUsed, cpuBusy, memoryUsed, oldGenUsed } = host!.thresholds;
      return [diskUsed.warning, cpuBusy.warning, memoryUsed.warning, oldGenUsed.warning];
    });
    expect(warnings).toEqual([
      [14, 22, 30, 80],
      [12, 22, 30, 80],
    ]);
  });

  it('resolves a policy for all production environments to their names', () => {
    const text = CONFIG_TEXT.replace('environments: [acme/prod]', 'environments: production').replace(
      ', { role: approver, team: customer }',
      '',
    );
    expect(configOf({ from: CONFIG_TEXT, to: text }).policies).toEqual([
      {
        name: 'acme-prod',
        environments: ['acme/prod', 'globex/prod'],
        changes: ['patch'],
        requesters: ['operator'],
        groups: [{ role: 'approver', count: 1, team: 'home' }],
        expiresAfterMs: 14_400_000,
        confirmByTyping: false,
        allowedHours: undefined,
      },
    ]);
  });
});

describe('products', () => {
  const product = (text: string) => withHost(`products: [${text}]`).products[0]!;
  const urls = (text: string) => product(text).health.map(({ url }) => url);

  it('say at known addresses that they are well', () => {
    expect(urls('{ kind: apim, home: /a }')).toEqual([
      'http://127.0.0.1:9763/services/Version',
      'https://127.0.0.1:9443/api/am/gateway/v2/server-startup-healthcheck',
    ]);
    expect(urls('{ kind: is, home: /a }')).toEqual(['https://127.0.0.1:9443/api/health-check/v1.0/health']);
    expect(urls('{ kind: mi, home: /a }')).toEqual(['http://127.0.0.1:9201/liveness', 'http://127.0.0.1:9201/healthz']);
    expect(urls('{ kind: other, home: /a }')).toEqual([]);
  });

  it('move their ports by the offset, which for MI replaces its own 10', () => {
    expect(urls('{ kind: apim, home: /a, offset: 2 }')[0]).toContain(':9765/');
    expect(urls('{ kind: mi, home: /a, offset: 3 }')[0]).toContain(':9194/');
    expect(urls('{ kind: mi, home: /a, offset: 0 }')[0]).toContain(':9191/');
  });

  it('are asked at addresses of one’s own, and nowhere for an empty list', () => {
    expect(product('{ kind: mi, home: /a, health: [] }').health).toEqual([]);
    const own = '{ name: up, url: "http://127.0.0.1:1/up", expected_status: 204, ca_file: /etc/ca.pem }';
    expect(product(`{ kind: mi, home: /a, health: [${own}] }`).health).toEqual([
      { name: 'up', url: 'http://127.0.0.1:1/up', expectedStatus: 204, caFile: '/etc/ca.pem' },
    ]);
  });

  it('are called by their kind and run by wso2carbon unless it says otherwise', () => {
    expect(product('{ kind: mi, home: /a }')).toMatchObject({ name: 'mi', serviceUser: 'wso2carbon', unit: undefined });
    expect(product('{ kind: mi, name: batch, home: /a, service_user: wso2, unit: mi.service }')).toMatchObject({
      name: 'batch',
      serviceUser: 'wso2',
      unit: 'mi.service',
    });
  });
});
