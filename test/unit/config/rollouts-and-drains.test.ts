import { describe, expect, it } from 'vitest';
import { DEFAULT_ROLLOUT, type Environment } from '../../../src/domain/inventory.ts';
import { type Edit, parseEdited } from '../../support/config-file.ts';

const PATH = 'customers[0].environments[0]';
const FIRST = '192.0.2.2,';
const SECOND = '192.0.2.3,';
const drained = (drain: string) => ({ from: SECOND, to: `192.0.2.3, drain: ${drain},` });
const rolled = (rollout: string) => ({ from: '        hosts:', to: `        rollout: ${rollout}\n        hosts:` });

/** One fault each: the edit, where it is reported (line and path), and what is said. */
const FAULTS = [
  {
    fault: 'a role that no host has',
    edit: rolled('{ keep_running: { gatway: 1 } }'),
    at: `33 ${PATH}.rollout.keep_running.gatway`,
    says: /no host with the role "gatway" \(did you mean "gateway"\?\)/,
  },
  {
    fault: 'a role of no host among the defaults',
    edit: { from: 'customers:\n', to: 'defaults: { rollout: { keep_running: { db: 1 } } }\ncustomers:\n' },
    at: '21 defaults.rollout.keep_running.db',
    says: /no host with the role "db" \(there is "gateway"\)/,
  },
  {
    fault: 'more hosts to keep running than there are',
    edit: rolled('{ keep_running: { gateway: 3 } }'),
    at: `33 ${PATH}.rollout.keep_running.gateway`,
    says: /must be 2 at most/,
  },
  {
    fault: 'a host less than none',
    edit: rolled('{ keep_running: { gateway: -1 } }'),
    at: `33 ${PATH}.rollout.keep_running.gateway`,
    says: /0 or more/,
  },
  { fault: 'half a host', edit: rolled('{ canary: 0.5 }'), at: `33 ${PATH}.rollout.canary`, says: /whole number/ },
  { fault: 'a wave of nobody', edit: rolled('{ wave: 0 }'), at: `33 ${PATH}.rollout.wave`, says: /1% to 100%/ },
  { fault: 'a wave of 0 %', edit: rolled('{ wave: 0% }'), at: `33 ${PATH}.rollout.wave`, says: /1% to 100%/ },
  {
    fault: 'a wave of more than all',
    edit: rolled('{ wave: 101% }'),
    at: `33 ${PATH}.rollout.wave`,
    says: /1% to 100%/,
  },
  { fault: 'seconds without a unit', edit: rolled('{ observe: 60 }'), at: `33 ${PATH}.rollout.observe`, says: /text/ },
  {
    fault: 'another word for a reboot',
    edit: rolled('{ reboot: neded }'),
    at: `33 ${PATH}.rollout.reboot`,
    says: /mean "needed"/,
  },
  {
    fault: 'a misspelled setting',
    edit: rolled('{ drain_dedline: 1m }'),
    at: `33 ${PATH}.rollout.drain_dedline`,
    says: /mean "drain_deadline"/,
  },
  {
    fault: 'a promise without a number',
    edit: { from: '        hosts:', to: '        security_within: soon\n        hosts:' },
    at: `33 ${PATH}.security_within`,
    says: /7d|4h/,
  },
  {
    fault: 'two ways to drain',
    edit: drained('{ haproxy: { via: apim-1, socket: /s, servers: [a/b] }, command: { drain: [a], ready: [b] } }'),
    at: `35 ${PATH}.hosts[1].drain`,
    says: /one of the two/,
  },
  { fault: 'no way to drain', edit: drained('{}'), at: `35 ${PATH}.hosts[1].drain`, says: /one of the two/ },
  {
    fault: 'two addresses of an API',
    edit: drained('{ haproxy: { via: apim-1, socket: /s, address: "h:1", servers: [a/b] } }'),
    at: `35 ${PATH}.hosts[1].drain.haproxy`,
    says: /one of the two/,
  },
  {
    fault: 'no address of an API',
    edit: drained('{ haproxy: { via: apim-1, servers: [a/b] } }'),
    at: `35 ${PATH}.hosts[1].drain.haproxy`,
    says: /runtime API/,
  },
  ...['192.0.2.5', '192.0.2.555:9999', '192.0.2.5:0', '192.0.2.5:65536', '2001:db8::5:99', '[x]:1', ':1'].map(
    (wrong) => ({
      fault: `${wrong} for an address`,
      edit: drained(`{ haproxy: { via: apim-1, address: "${wrong}", servers: [a/b] } }`),
      at: `35 ${PATH}.hosts[1].drain.haproxy.address`,
      says: /address with its port/,
    }),
  ),
  {
    fault: 'a drain over a host of somebody else',
    edit: drained('{ haproxy: { via: gw-1, socket: /s, servers: [a/b] } }'),
    at: `35 ${PATH}.hosts[1].drain.haproxy.via`,
    says: /no host of this environment "gw-1" \(there is "apim-1", "apim-2"\)/,
  },
  {
    fault: 'commands on a host that is not there',
    edit: drained('{ command: { via: apm-1, drain: [a], ready: [b] } }'),
    at: `35 ${PATH}.hosts[1].drain.command.via`,
    says: /mean "apim-1"/,
  },
  {
    fault: 'a server without its backend',
    edit: drained('{ haproxy: { via: apim-1, socket: /s, servers: [apim-1] } }'),
    at: `35 ${PATH}.hosts[1].drain.haproxy.servers[0]`,
    says: /backend and server/,
  },
  {
    fault: 'a second command behind a server',
    edit: drained('{ haproxy: { via: apim-1, socket: /s, servers: ["a/b;shutdown"] } }'),
    at: `35 ${PATH}.hosts[1].drain.haproxy.servers[0]`,
    says: /backend and server/,
  },
  {
    fault: 'a command line for a command',
    edit: drained('{ command: { drain: take out, ready: [b] } }'),
    at: `35 ${PATH}.hosts[1].drain.command.drain`,
    says: /must be a list/,
  },
  {
    fault: 'no command to put it back',
    edit: drained('{ command: { drain: [a], ready: [] } }'),
    at: `35 ${PATH}.hosts[1].drain.command.ready`,
    says: /empty/,
  },
];

const environmentOf = (edit: Edit): Environment => {
  const { config, problems } = parseEdited(edit);
  expect(problems).toEqual([]);
  return config!.inventory.customers[0]!.environments[0]!;
};
const drainOf = (drain: string) => environmentOf(drained(drain)).hosts[1]?.drain;

describe('the part of msops.yml about rollouts and draining', () => {
  it.each(FAULTS)('is refused with $fault, at its line', ({ edit, at, says }) => {
    const { config, problems } = parseEdited(edit);
    expect(config).toBeUndefined();
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([at]);
    expect(problems[0]?.message).toMatch(says);
  });

  it('refuses one server of HAProxy for two hosts, else a change of one would drain the other', () => {
    const drain = 'drain: { haproxy: { via: apim-1, socket: /s, servers: [gw/apim-1] } }';
    const { problems } = parseEdited({
      from: `${FIRST} host_keys`,
      to: `${FIRST} ${drain}, host_keys: [] }\n          - { name: x, role: gateway, address: 192.0.2.9, ${drain}, host_keys`,
    });
    expect(problems.map(({ message }) => message)).toContain('the server "gw/apim-1 of apim-1 /s" is here twice');
  });
});

describe('rollouts', () => {
  it('go by the built-in settings where nothing is said', () => {
    expect(environmentOf({ from: 'version: 1', to: 'version: 1' }).rollout).toEqual(DEFAULT_ROLLOUT);
  });

  it('take each setting from the environment, else from the defaults, and roles one by one', () => {
    const defaults = `defaults: { rollout: { canary: 3, wave: 50%, observe: 2m, keep_running: { gateway: 1 } } }`;
    const { rollout } = environmentOf({ from: 'customers:\n', to: `${defaults}\ncustomers:\n` });
    expect(rollout).toEqual({
      ...DEFAULT_ROLLOUT,
      canary: 3,
      wave: { percent: 50 },
      observeMs: 120_000,
      keepRunning: { gateway: 1 },
    });
  });

  it('take every setting that an environment names', () => {
    const { rollout } = environmentOf(
      rolled(
        '{ canary: 0, wave: 2, max_failures: 4, max_failures_per_wave: 3, keep_running: { gateway: 0 }, start_deadline: 1s, observe: 2s, drain_deadline: 3s, change_deadline: 4s, package_lock_wait: 5s, maintenance: 6s, restart: never, reboot: needed }',
      ),
    );
    expect(rollout).toEqual({
      canary: 0,
      wave: { hosts: 2 },
      maxFailures: 4,
      maxFailuresPerWave: 3,
      keepRunning: { gateway: 0 },
      startDeadlineMs: 1000,
      observeMs: 2000,
      drainDeadlineMs: 3000,
      changeDeadlineMs: 4000,
      packageLockMs: 5000,
      maintenanceMs: 6000,
      restart: 'never',
      reboot: 'needed',
    });
  });

  it('know the promise of the environment, else of the defaults, else none', () => {
    expect(environmentOf({ from: 'version: 1', to: 'version: 1' }).securityWithinMs).toBeUndefined();
    const defaults = { from: 'customers:\n', to: 'defaults: { security_within: 7d }\ncustomers:\n' };
    expect(environmentOf(defaults).securityWithinMs).toBe(604_800_000);
    const own = { from: '        hosts:', to: '        security_within: 1d\n        hosts:' };
    expect(environmentOf(own).securityWithinMs).toBe(86_400_000);
  });
});

describe('draining', () => {
  it('asks HAProxy by a socket or an address', () => {
    expect(drainOf('{ haproxy: { via: apim-1, socket: /run/h.sock, servers: [gw/a, gw/b] } }')).toEqual({
      kind: 'haproxy',
      via: 'apim-1',
      api: { socket: '/run/h.sock' },
      servers: ['gw/a', 'gw/b'],
    });
    for (const [text, address] of Object.entries({ '192.0.2.5': '192.0.2.5', '[2001:db8::5]': '2001:db8::5' })) {
      const drain = drainOf(`{ haproxy: { via: apim-1, address: "${text}:9999", servers: [gw/a] } }`);
      expect(drain).toMatchObject({ api: { address, port: 9999 } });
    }
  });

  it('runs commands on the host itself, or on the one that is named', () => {
    const commands = { drain: ['out', 'a b'], ready: ['in'] };
    expect(drainOf('{ command: { drain: [out, "a b"], ready: [in] } }')).toEqual({
      kind: 'command',
      via: 'apim-2',
      ...commands,
    });
    expect(drainOf('{ command: { via: apim-1, drain: [out, "a b"], ready: [in] } }')).toMatchObject({ via: 'apim-1' });
  });

  it('is nothing where the inventory says nothing', () => {
    expect(environmentOf({ from: 'version: 1', to: 'version: 1' }).hosts[0]?.drain).toBeUndefined();
  });
});
