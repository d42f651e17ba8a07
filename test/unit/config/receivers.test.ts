import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../src/domain/inventory.ts';
import { CONFIG_TEXT, parseEdited } from '../../support/config-file.ts';

const CHANNELS = '    channels: { ops: [C0ACMEOPS, C0OPSALL], shared: [C0ACMESHARED] }\n';
const ofCustomer = (section: string, text = CONFIG_TEXT) => text.replace(CHANNELS, `${CHANNELS}    ${section}\n`);
const ofEnvironment = (section: string, text = CONFIG_TEXT) =>
  text.replace('        hosts:', `        ${section}\n        hosts:`);
const parse = (text: string) => parseEdited({ from: CONFIG_TEXT, to: text });
const acme = (text: string): Customer => {
  const { config, problems } = parse(text);
  expect(problems).toEqual([]);
  return config!.inventory.customers[0]!;
};

const MAIL = 'receivers: { mail: { from: alerts@acme.example, gateways: [{ ses: { region: eu-central-1 } }] } }';
const mailBy = (gateway: string) => `receivers: { mail: { from: a@acme.example, gateways: [${gateway}] } }`;
const smtp = (settings: string) => mailBy(`{ smtp: { host: mail.acme.example, ${settings} } }`);
const notices = (rule: string) => ofEnvironment(`monitoring: { notices: [${rule}] }`, ofCustomer(MAIL));

/** One fault each, and what is said of it. */
const FAULTS = [
  { fault: 'no gateway', text: ofCustomer(mailBy('')), says: /gateways must not be empty/ },
  {
    fault: 'two gateways in one',
    text: ofCustomer(mailBy('{ smtp: { host: mail.acme.example }, ses: { region: eu-central-1 } }')),
    says: /must be `smtp` or `ses`, one of the two/,
  },
  { fault: 'a user without a password', text: ofCustomer(smtp('username: msops')), says: /must have both/ },
  {
    fault: 'a password instead of its name',
    text: ofCustomer(smtp('username: msops, password: "Correct horse!"')),
    says: /the name of a secret/,
  },
  { fault: 'no encryption', text: ofCustomer(smtp('security: none')), says: /there is no way to encrypt "none"/ },
  { fault: 'a region that is none', text: ofCustomer(mailBy('{ ses: { region: europe } }')), says: /an AWS region/ },
  {
    fault: 'a webhook that anybody can read',
    text: ofCustomer('receivers: { webhooks: [{ name: desk, url: "http://desk.acme.example/" }] }'),
    says: /must be an https address/,
  },
  {
    fault: 'a notice for nobody',
    text: notices('{ severities: [critical] }'),
    says: /must be for `email`, `sms` or `webhook`/,
  },
  {
    fault: 'a notice by two ways',
    text: notices('{ email: [a@acme.example], sms: ["+491511234567"] }'),
    says: /one of the three/,
  },
  { fault: 'a mail address that is none', text: notices('{ email: [oncall] }'), says: /must be a mail address/ },
  { fault: 'a number without its country', text: notices('{ sms: ["01511234567"] }'), says: /must be a phone number/ },
  { fault: 'a message without a way', text: notices('{ sms: ["+491511234567"] }'), says: /no `receivers.phones`/ },
  { fault: 'a webhook that is not there', text: notices('{ webhook: [desk] }'), says: /there is no webhook "desk"/ },
  {
    fault: 'a mail without a way',
    text: ofEnvironment('monitoring: { notices: [{ email: [a@acme.example] }] }'),
    says: /no `receivers.mail`/,
  },
  {
    fault: 'a mail of the defaults without a way',
    text: CONFIG_TEXT.replace(
      'customers:\n',
      'defaults: { monitoring: { notices: [{ email: [a@acme.example] }] } }\ncustomers:\n',
    ),
    says: /the defaults want it/,
  },
  {
    fault: 'the token of another customer',
    text: ofCustomer('tokens: { alerts: shared }').replace(
      '    channels: { ops: [C0OPSALL] }\n',
      '    channels: { ops: [C0OPSALL] }\n    tokens: { metrics: shared }\n',
    ),
    says: /is the token of another customer too/,
  },
  { fault: 'settings of a role without hosts', text: ofEnvironment('roles: { gatway: {} }'), says: /mean "gateway"/ },
  {
    fault: 'a digest without a time',
    text: ofCustomer('digests: { time_zone: UTC }'),
    says: /must have `daily`, `weekly` or both/,
  },
  {
    fault: 'a week that begins on no day',
    text: ofCustomer('digests: { time_zone: UTC, weekly: "09:00" }'),
    says: /such as "mon 09:00"/,
  },
  {
    fault: 'a query of no host',
    text: ofEnvironment(
      'monitoring: { metrics: { prometheus: { url: "https://p.example", queries: { cpu_busy_percent: up } } } }',
    ),
    says: /must name the host as a label in quotes/,
  },
  {
    fault: 'a query of a metric that there is not',
    text: ofEnvironment(
      `monitoring: { metrics: { prometheus: { url: "https://p.example", queries: { cpu_busy: 'a{i="{{host}}"}' } } } }`,
    ),
    says: /cpu_busy_percent/,
  },
];

describe('receivers, notices and digests in msops.yml', () => {
  it.each(FAULTS)('are refused with $fault', ({ text, says }) => {
    const { config, problems } = parse(text);
    expect(config).toBeUndefined();
    expect(problems.map(({ path, message }) => `${path} ${message}`).join('\n')).toMatch(says);
  });

  it('repeat no password that somebody wrote where its name belongs', () => {
    const { problems } = parse(ofCustomer(smtp('username: msops, password: hunter-2')));
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hunter-2');
  });

  it('keep the order of the gateways and know the usual ports', () => {
    const gateways =
      '{ smtp: { host: a.example, username: u, password: p } }, { smtp: { host: b.example, security: tls } }, { ses: { region: eu-central-1 } }';
    expect(acme(ofCustomer(mailBy(gateways))).receivers?.mail?.gateways).toMatchObject([
      { kind: 'smtp', host: 'a.example', port: 587, security: 'starttls', username: 'u', password: 'p' },
      { kind: 'smtp', host: 'b.example', port: 465, security: 'tls' },
      { kind: 'ses', region: 'eu-central-1' },
    ]);
  });

  it('tell of what is critical, always, when a notice says no more', () => {
    const [environment] = acme(notices('{ email: [a@acme.example] }')).environments;
    expect(environment?.monitoring?.notices).toEqual([
      { kind: 'email', to: ['a@acme.example'], severities: ['critical'], when: 'always', owner: 'operations' },
    ]);
  });

  it('read the times of digests', () => {
    const { digests } = acme(ofCustomer('digests: { time_zone: Europe/Berlin, daily: "08:05", weekly: "fri 17:00" }'));
    expect(digests).toEqual({
      timeZone: 'Europe/Berlin',
      daily: { hour: 8, minute: 5 },
      weekly: { weekday: 'fri', hour: 17, minute: 0 },
    });
  });

  it('ask a service of the customer beside what the product says of itself', () => {
    const health = '{ name: payments, url: "https://127.0.0.1:8243/pay", owner: customer }';
    const product = (given: string) =>
      CONFIG_TEXT.replace(
        'role: gateway, address: 192.0.2.2,',
        `role: gateway, address: 192.0.2.2, products: [{ kind: mi, home: /opt/mi, health: [${given}] }],`,
      );
    const names = (text: string) =>
      acme(text).environments[0]?.hosts[0]?.products[0]?.health.map(({ name, owner }) => `${name} ${owner}`);
    expect(names(product(health))).toEqual(['liveness undefined', 'readiness undefined', 'payments customer']);
    expect(names(product(`{ name: own, url: "https://127.0.0.1:1/" }, ${health}`))).toEqual([
      'own undefined',
      'payments customer',
    ]);
    expect(names(product(''))).toEqual([]);
  });

  it('give a role and a host thresholds and times of their own', () => {
    const role =
      'roles: { gateway: { thresholds: { cpu_busy: { warning: 50, critical: 60 } }, holds: { cpu: { warning: 1m } } } }';
    const text = ofEnvironment(role).replace(
      'name: apim-2, role: gateway,',
      'name: apim-2, role: gateway, holds: { cpu: { clear: 0s }, disk: { critical: 2m } },',
    );
    const [one, two] = acme(text).environments[0]?.hosts ?? [];
    expect(one?.thresholds.cpuBusy).toEqual({ warning: 50, critical: 60 });
    expect(one?.holds).toEqual({ cpu: { warningMs: 60_000, criticalMs: 600_000, clearMs: 300_000 } });
    expect(two?.holds).toEqual({
      cpu: { warningMs: 60_000, criticalMs: 600_000, clearMs: 0 },
      disk: { warningMs: 900_000, criticalMs: 120_000, clearMs: 300_000 },
    });
  });
});
