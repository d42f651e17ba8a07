import { describe, expect, it } from 'vitest';
import { STARTING_HOLDS } from '../../../src/config/starting-holds.ts';
import { type MonitoringSettings, SIGNALS } from '../../../src/domain/inventory.ts';
import { CONFIG_TEXT, parseEdited } from '../../support/config-file.ts';

const PATH = 'customers[0].environments[0].monitoring';
const STARTING = { everyMs: 60_000, tellCustomer: false, holds: STARTING_HOLDS, runbooks: {}, notices: [] };
const watched = (monitoring: string) => ({
  from: '        hosts:',
  to: `        monitoring: ${monitoring}\n        hosts:`,
});

/** One fault each: what is said of `monitoring`, where it is reported, and how. */
const FAULTS = [
  { fault: 'more checks than a host can answer', section: '{ every: 5s }', at: '.every', says: /from 10s to 15m/ },
  { fault: 'a check now and then', section: '{ every: 1h }', at: '.every', says: /from 10s to 15m/ },
  { fault: 'seconds without a unit', section: '{ every: 60 }', at: '.every', says: /text/ },
  {
    fault: 'a signal that there is not',
    section: '{ holds: { dsk: { warning: 5m } } }',
    at: '.holds.dsk',
    says: /mean "disk"/,
  },
  {
    fault: 'a time that is none',
    section: '{ holds: { disk: { clear: soon } } }',
    at: '.holds.disk.clear',
    says: /15m, 4h/,
  },
  {
    fault: 'a misspelled level',
    section: '{ holds: { disk: { warnin: 5m } } }',
    at: '.holds.disk.warnin',
    says: /mean "warning"/,
  },
  {
    fault: 'a runbook that anybody could change on its way',
    section: '{ runbooks: { disk: "http://wiki.example/disk" } }',
    at: '.runbooks.disk',
    says: /must be an https address/,
  },
  {
    fault: 'a runbook that is no address',
    section: '{ runbooks: { disk: the disk page } }',
    at: '.runbooks.disk',
    says: /address without user and password/,
  },
  { fault: 'another word', section: 'on', at: '', says: /must be a section/ },
];

const settingsOf = (text: string): readonly (MonitoringSettings | undefined)[] => {
  const { config, problems } = parseEdited({ from: CONFIG_TEXT, to: text });
  expect(problems).toEqual([]);
  return config!.inventory.customers.map(({ environments }) => environments[0]?.monitoring);
};
const ofEnvironment = (monitoring: string) => {
  const { from, to } = watched(monitoring);
  return settingsOf(CONFIG_TEXT.replace(from, to));
};
const ofDefaults = (monitoring: string, text = CONFIG_TEXT) =>
  settingsOf(text.replace('customers:\n', `defaults: { monitoring: ${monitoring} }\ncustomers:\n`));

describe('monitoring in msops.yml', () => {
  it.each(FAULTS)('is refused with $fault, at its line', ({ section, at, says }) => {
    const { config, problems } = parseEdited(watched(section));
    expect(config).toBeUndefined();
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([`33 ${PATH}${at}`]);
    expect(problems[0]?.message).toMatch(says);
  });

  it('is there for every production environment that says nothing', () => {
    expect(settingsOf(CONFIG_TEXT)).toEqual([STARTING, STARTING]);
  });

  it('is off where the environment says so, and for all when the defaults do', () => {
    expect(ofEnvironment('off')).toEqual([undefined, STARTING]);
    expect(ofEnvironment('false')).toEqual([undefined, STARTING]);
    expect(ofDefaults('off')).toEqual([undefined, undefined]);
  });

  it('is on in an environment that says how, though the defaults are off', () => {
    const { from, to } = watched('{ every: 30s }');
    expect(ofDefaults('off', CONFIG_TEXT.replace(from, to))).toEqual([{ ...STARTING, everyMs: 30_000 }, undefined]);
  });

  it('takes each setting and each time from the environment, else from the defaults, else its own', () => {
    const { from, to } = watched(
      '{ every: 15s, holds: { disk: { warning: 1h } }, runbooks: { disk: https://a.example } }',
    );
    const defaults =
      '{ every: 30s, tell_customer: true, holds: { disk: { warning: 2h, clear: 0s } }, runbooks: { disk: https://b.example, cpu: https://c.example } }';
    const [own, other] = ofDefaults(defaults, CONFIG_TEXT.replace(from, to));
    expect(own).toEqual({
      everyMs: 15_000,
      tellCustomer: true,
      holds: { ...STARTING_HOLDS, disk: { warningMs: 3_600_000, criticalMs: 300_000, clearMs: 0 } },
      runbooks: { disk: 'https://a.example', cpu: 'https://c.example' },
      notices: [],
    });
    expect(other).toMatchObject({ everyMs: 30_000, holds: { disk: { warningMs: 7_200_000, clearMs: 0 } } });
  });

  it.each(SIGNALS)('knows how long %s must last', (signal) => {
    const [own] = ofEnvironment(`{ holds: { ${signal}: { warning: 1s, critical: 2s, clear: 3s } } }`);
    expect(own?.holds[signal]).toEqual({ warningMs: 1000, criticalMs: 2000, clearMs: 3000 });
  });

  describe('of an environment that is not production', () => {
    const notProduction = (monitoring: string) => ({
      from: 'production: true',
      to: `production: false\n        monitoring: ${monitoring}`,
    });
    const ours = ({ path }: { path: string }) => path === PATH;

    it('is refused, and says why and what to do instead', () => {
      const { problems } = parseEdited(notProduction('{ every: 60s }'));
      expect(problems.filter(ours)).toEqual([
        {
          line: 31,
          path: PATH,
          message:
            'is for production only, where an alert means that somebody must act; leave it out and type /msops status prod when you want to know',
        },
      ]);
    });

    it('may say off, which it is', () => {
      expect(parseEdited(notProduction('off')).problems.filter(ours)).toEqual([]);
    });

    it('is never there, whatever the defaults say', () => {
      const { config } = parseEdited({
        from: CONFIG_TEXT,
        to: CONFIG_TEXT.replaceAll('production: true', 'production: false')
          .replace(', { role: approver, team: customer }', '')
          .replace('customers:\n', 'defaults: { monitoring: { every: 30s } }\ncustomers:\n'),
      });
      expect(config?.inventory.customers.map(({ environments }) => environments[0]?.monitoring)).toEqual([
        undefined,
        undefined,
      ]);
    });
  });
});
