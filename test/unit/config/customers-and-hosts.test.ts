import { describe, expect, it } from 'vitest';
import { parseEdited } from '../../support/config-file.ts';

/** One fault each: what is replaced, where it is reported (line and path), and what is said. */
const FAULTS = [
  {
    fault: 'a section that is no section',
    from: '{ ops: [C0OPSALL] }',
    to: '[C0OPSALL]',
    at: '38 customers[1].channels',
    says: /must be a section/,
  },
  {
    fault: 'a number for a name',
    from: 'name: Globex Health',
    to: 'name: 7',
    at: '37 customers[1].name',
    says: /must be text; put it in quotes/,
  },
  {
    fault: 'our workspace as that of a customer',
    from: '    name: Globex Health',
    to: '    name: Globex Health\n    slack_team: T0MERIDIAN',
    at: '38 customers[1].slack_team',
    says: /is home_team/,
  },
  {
    fault: 'one workspace for two customers',
    from: '    name: Globex Health',
    to: '    name: Globex Health\n    slack_team: T0ACME',
    at: '38 customers[1].slack_team',
    says: /here twice/,
  },
  {
    fault: 'a shared channel of two customers',
    from: '{ ops: [C0OPSALL] }',
    to: '{ shared: [C0ACMESHARED] }',
    at: '38 customers[1].channels.shared[0]',
    says: /one customer alone/,
  },
  {
    fault: 'a shared channel used for ops',
    from: '{ ops: [C0OPSALL] }',
    to: '{ ops: [C0ACMESHARED] }',
    at: '38 customers[1].channels.ops[0]',
    says: /one customer alone/,
  },
  {
    fault: 'an ops channel shared elsewhere',
    from: '{ ops: [C0OPSALL] }',
    to: '{ shared: [C0OPSALL] }',
    at: '38 customers[1].channels.shared[0]',
    says: /one customer alone/,
  },
  {
    fault: 'a channel twice',
    from: 'C0ACMEOPS, C0OPSALL',
    to: 'C0ACMEOPS, C0ACMEOPS',
    at: '25 customers[0].channels.ops[1]',
    says: /twice/,
  },
  {
    fault: 'a channel by name',
    from: 'C0ACMEOPS,',
    to: '"#acme",',
    at: '25 customers[0].channels.ops[0]',
    says: /id of a Slack channel/,
  },
  {
    fault: 'a bastion of nobody',
    from: '[jump]',
    to: '[jmp]',
    at: '32 customers[0].environments[0].access.bastions[0]',
    says: /mean "jump"/,
  },
  {
    fault: 'a bastion twice in the chain',
    from: '[jump]',
    to: '[jump, jump]',
    at: '32 customers[0].environments[0].access.bastions[1]',
    says: /twice/,
  },
  {
    fault: 'no way in',
    from: '{ bastions: [jump] }',
    to: '{}',
    at: '32 customers[0].environments[0].access',
    says: /how the bot gets in/,
  },
  {
    fault: 'two ways in',
    from: '{ bastions: [jump] }',
    to: '{ direct: true, bastions: [jump] }',
    at: '32 customers[0].environments[0].access',
    says: /how the bot gets in/,
  },
  {
    fault: 'a word for a way in',
    from: '{ bastions: [jump] }',
    to: 'dierct',
    at: '32 customers[0].environments[0].access',
    says: /must be a section/,
  },
  {
    fault: 'a range that is none',
    from: '[jump] }',
    to: '[jump], allowed_sources: [10.0.0.0/33] }',
    at: '32 customers[0].environments[0].access.allowed_sources[0]',
    says: /192.0.2.0\/24/,
  },
  {
    fault: 'an unknown VPN',
    from: '{ bastions: [jump] }',
    to: '{ vpn: { kind: wiregard, interface: wg0 } }',
    at: '32 customers[0].environments[0].access.vpn.kind',
    says: /mean "wireguard"/,
  },
  {
    fault: 'a number for a duration',
    from: '{ bastions: [jump] }',
    to: '{ vpn: { kind: openvpn, interface: tun0, max_handshake_age: 180 } }',
    at: '32 customers[0].environments[0].access.vpn.max_handshake_age',
    says: /must be text/,
  },
  {
    fault: 'a time zone of nowhere',
    from: 'Europe/Berlin',
    to: 'Europe/Berln',
    at: '31 customers[0].environments[0].time_zone',
    says: /mean "Europe\/Berlin"/,
  },
  {
    fault: 'yes for true',
    from: 'production: true',
    to: 'production: yes',
    at: '30 customers[0].environments[0].production',
    says: /true or false/,
  },
  {
    fault: 'a host twice',
    from: 'name: apim-2',
    to: 'name: APIM-1',
    at: '35 customers[0].environments[0].hosts[1].name',
    says: /twice/,
  },
  {
    fault: 'an address twice',
    from: '192.0.2.3',
    to: '192.0.2.2',
    at: '35 customers[0].environments[0].hosts[1].address',
    says: /twice/,
  },
  {
    fault: 'an address that is none',
    from: '192.0.2.3',
    to: '192.0.2.333',
    at: '35 customers[0].environments[0].hosts[1].address',
    says: /IP address or a host name/,
  },
  {
    fault: 'an option for an address',
    from: '192.0.2.3',
    to: '-oProxyCommand=x',
    at: '35 customers[0].environments[0].hosts[1].address',
    says: /IP address or a host name/,
  },
  {
    fault: 'a port that is none',
    from: '192.0.2.3',
    to: '192.0.2.3, ssh: { port: 0 }',
    at: '35 customers[0].environments[0].hosts[1].ssh.port',
    says: /1 to 65535/,
  },
  {
    fault: 'a threshold upside down',
    from: '192.0.2.3',
    to: '192.0.2.3, thresholds: { disk_used: { warning: 9, critical: 8 } }',
    at: '35 customers[0].environments[0].hosts[1].thresholds.disk_used',
    says: /below critical/,
  },
  {
    fault: 'a percentage above 100',
    from: '192.0.2.3',
    to: '192.0.2.3, thresholds: { disk_used: { warning: 9, critical: 101 } }',
    at: '35 customers[0].environments[0].hosts[1].thresholds.disk_used.critical',
    says: /100 at most/,
  },
  {
    fault: 'half a threshold',
    from: '192.0.2.3',
    to: '192.0.2.3, thresholds: { disk_used: { warning: 9 } }',
    at: '35 customers[0].environments[0].hosts[1].thresholds.disk_used.critical',
    says: /is missing/,
  },
  {
    fault: 'an unknown product',
    from: '192.0.2.3',
    to: '192.0.2.3, products: [{ kind: apmi, home: /a }]',
    at: '35 customers[0].environments[0].hosts[1].products[0].kind',
    says: /mean "apim"/,
  },
  {
    fault: 'a product twice',
    from: '192.0.2.3',
    to: '192.0.2.3, products: [{ kind: mi, home: /a }, { kind: mi, home: /b }]',
    at: '35 customers[0].environments[0].hosts[1].products[1]',
    says: /give them a `name`/,
  },
  {
    fault: 'a home twice',
    from: '192.0.2.3',
    to: '192.0.2.3, products: [{ kind: mi, home: /a }, { kind: is, home: /a }]',
    at: '35 customers[0].environments[0].hosts[1].products[1].home',
    says: /has this home/,
  },
  {
    fault: 'a home with a slash at the end',
    from: '192.0.2.3',
    to: '192.0.2.3, products: [{ kind: mi, home: /a/ }]',
    at: '35 customers[0].environments[0].hosts[1].products[0].home',
    says: /absolute path/,
  },
  {
    fault: 'a health address that is none',
    from: '192.0.2.3',
    to: '192.0.2.3, products: [{ kind: mi, home: /a, health: [{ name: h, url: "localhost:9201" }] }]',
    at: '35 customers[0].environments[0].hosts[1].products[0].health[0].url',
    says: /http or https/,
  },
];

describe('the part of msops.yml about customers and hosts', () => {
  it.each(FAULTS)('is refused with $fault, at its line', ({ from, to, at, says }) => {
    const { config, problems } = parseEdited({ from, to });
    expect(config).toBeUndefined();
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([at]);
    expect(problems[0]?.message).toMatch(says);
  });
});
