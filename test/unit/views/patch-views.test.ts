import type { TableBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { Message } from '../../../src/domain/message.ts';
import { type AutoSample, NO_MECHANISM } from '../../../src/services/patching/auto-sample.ts';
import { judgeAuto } from '../../../src/services/patching/judge-auto.ts';
import { judgePlan } from '../../../src/services/patching/judge-plan.ts';
import type { OsSample, PendingPackage } from '../../../src/services/patching/os-sample.ts';
import type { AutoReport, PatchPlan } from '../../../src/services/patching/patch-service.ts';
import { patchAutoView } from '../../../src/views/patch-auto-view.ts';
import { patchPlanView } from '../../../src/views/patch-plan-view.ts';
import { aHopFailure, NOW } from '../../support/builders.ts';
import { anEnvironment } from '../../support/world.ts';
import { textsOf } from './texts-of.ts';

function anOs(overrides: Partial<OsSample> = {}): OsSample {
  return {
    family: 'debian',
    release: 'Debian GNU/Linux 12 (bookworm)',
    pending: [],
    securityKnown: true,
    removals: [],
    keptBack: [],
    held: [],
    listsAgeSeconds: 3 * 3600,
    lockHolders: [],
    interrupted: false,
    kernel: { running: '6.1.0-37-amd64', newest: '6.1.0-37-amd64', rebootNeeded: false },
    restarts: [],
    gaps: [],
    ...overrides,
  };
}

const aPackage = (name: string, overrides: Partial<PendingPackage> = {}): PendingPackage => ({
  name,
  from: '1.0',
  to: '1.1',
  security: false,
  source: 'Debian',
  held: false,
  ...overrides,
});

function aPlan(host: string, overrides: Partial<OsSample> = {}): PatchPlan {
  const sample = anOs(overrides);
  return { host, ...judgePlan(sample), sample };
}

const aLostPlan = (host: string): PatchPlan => ({
  host,
  level: 'unreachable',
  findings: [],
  failure: aHopFailure({ hop: host }),
});

function facts<Report extends { host: string }>(reports: readonly Report[], hosts = reports.map(({ host }) => host)) {
  const environment = anEnvironment('acme', 'prod', hosts);
  const selection = { customer: 'acme', environment, hosts: environment.hosts };
  return { selection, reports, now: NOW, isFinal: true, askedBy: 'Alice Moreau' };
}

function rowsOf({ blocks }: Message): readonly (readonly string[])[] {
  const block = blocks?.find((candidate): candidate is TableBlock => candidate.type === 'table');
  return block?.rows.map((row) => row.map((cell) => ('text' in cell ? String(cell.text) : ''))) ?? [];
}

const wordsOf = ({ blocks }: Message): string => textsOf(blocks).join('\n');

describe('patchPlanView', () => {
  const secure = aPackage('openssl', { security: true, source: 'Debian-Security' });

  it('says the security updates first, and has a row a host', () => {
    const message = patchPlanView(facts([aPlan('a', { pending: [secure, aPackage('tzdata')] }), aPlan('b')]));
    expect(message.text).toBe('⚠️ acme/prod: 1 security update on 1 of 2 hosts, 2 packages pending');
    expect(rowsOf(message)).toEqual([
      ['Host', 'System', 'Pending', 'Security', 'Held', 'Lists from', 'Restart due', 'Automatic updates'],
      ['⚠️ a', 'Debian GNU/Linux 12 (bookworm)', '2', '1', '0', '3 h ago', 'no', 'unknown'],
      ['✅ b', 'Debian GNU/Linux 12 (bookworm)', '0', '0', '0', '3 h ago', 'no', 'unknown'],
    ]);
    expect(wordsOf(message)).toContain('🔒 `openssl` `1.0` → `1.1` (Debian-Security)');
  });

  it('shows unknown as unknown, in the headline too', () => {
    const unknown = { pending: undefined, securityKnown: false, held: undefined, listsAgeSeconds: undefined };
    const kernel = { running: undefined, newest: undefined, rebootNeeded: undefined };
    const message = patchPlanView(facts([aPlan('a', { ...unknown, kernel, restarts: undefined })]));
    expect(rowsOf(message)[1]?.slice(2)).toEqual([
      ...['unknown', 'unknown', 'unknown', 'unknown'],
      ...['reboot unknown, services unknown', 'unknown'],
    ]);
    expect(message.text).toContain(
      'no security updates known, at least 0 packages pending; security state unknown on 1 host',
    );
    expect(rowsOf(patchPlanView(facts([aPlan('a', { securityKnown: false, pending: [secure] })])))[1]?.[3]).toBe('1+?');
  });

  it('tells of hosts that were not reached by which hop and why', () => {
    const message = patchPlanView(facts([aLostPlan('esb-2'), aPlan('esb-1')]));
    expect(message.text).toBe('⛔ acme/prod: no security updates known, at least 0 packages pending; 1 not reached');
    expect(rowsOf(message)[1]).toEqual(['⛔ esb-2', 'refused', '–', '–', '–', '–', '–', '–']);
    expect(wordsOf(message)).toContain('refused the connection');
  });

  it('cuts the lists of several hosts, says how to see one whole, and lists alike hosts once', () => {
    const pending = Array.from({ length: 14 }, (_, index) => aPackage(`lib${index}`));
    const words = wordsOf(patchPlanView(facts([aPlan('a', { pending }), aPlan('b', { pending })])));
    expect(words).toContain('*`a`, `b`*');
    expect(words.match(/▫️/g)).toHaveLength(10);
    expect(words).toContain('… and 4 more');
    expect(words).toContain('`/msops patch plan acme/prod --hosts a`');
    const alone = wordsOf(patchPlanView(facts([aPlan('a', { pending })])));
    expect(alone.match(/▫️/g)).toHaveLength(14);
    expect(alone).not.toContain('--hosts');
  });

  it('says what stands in the way', () => {
    const words = wordsOf(
      patchPlanView(facts([aPlan('a', { interrupted: true, lockHolders: ['apt-get (pid 4)'], listsAgeSeconds: 9e6 })])),
    );
    expect(words).toContain('dpkg was interrupted');
    expect(words).toContain('in use by apt-get (pid 4)');
    expect(words).toContain('104 days old');
    expect(words).toContain('was not run');
  });

  it('shows those that are awaited while others have answered', () => {
    const message = patchPlanView({ ...facts([aPlan('a')], ['a', 'b']), isFinal: false });
    expect(message.text).toBe('⏳ acme/prod: asking 2 hosts… 1 answered');
    expect(rowsOf(message).at(-1)?.slice(0, 2)).toEqual(['⏳ b', 'waiting']);
    expect(patchPlanView({ ...facts<PatchPlan>([], ['a']), isFinal: false }).text).toBe('⏳ acme/prod: asking 1 host…');
  });

  it('is taken by Slack whatever hosts say', () => {
    const text = fc.string({ unit: 'binary', maxLength: 120 });
    const update = fc.record({ name: text, from: fc.option(text, { nil: undefined }), to: text, source: text });
    const pending = fc.array(update, { maxLength: 300 });
    fc.assert(
      fc.property(fc.array(fc.record({ host: text, pending }), { minLength: 1, maxLength: 30 }), (hosts) => {
        const plans = hosts.map(({ host, pending: updates }) =>
          aPlan(host, { release: host, pending: updates.map((one) => ({ ...one, security: true, held: true })) }),
        );
        const { blocks = [] } = patchPlanView(facts(plans));
        expect(checkBlocks(blocks, 'message')).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('patchAutoView', () => {
  function aReport(host: string, overrides: Partial<AutoSample> = {}): AutoReport {
    const sample: AutoSample = {
      ...NO_MECHANISM,
      mechanism: 'unattended-upgrades',
      enabled: true,
      starter: { name: 'apt-daily-upgrade.timer', works: true, words: 'active' },
      takesIn: ['Debian-Security'],
      takesSecurity: true,
      refreshesLists: true,
      lastRunAgeSeconds: 7200,
      lastResult: { succeeded: true, words: 'nothing to install' },
      os: anOs(),
      ...overrides,
    };
    return { host, ...judgeAuto(sample), sample };
  }

  it('says on how many hosts it works, and what is wrong on the others', () => {
    const starter = { name: 'apt-daily-upgrade.timer', works: false, words: 'masked' };
    const lost: AutoReport = { ...aLostPlan('c'), verdict: 'unknown', sample: undefined };
    const message = patchAutoView(facts([lost, aReport('b', { starter }), aReport('a')]));
    expect(message.text).toBe(
      '⛔ acme/prod: automatic security updates work on 1 of 3 hosts; stopped: b; 1 not reached',
    );
    expect(rowsOf(message).slice(1)).toEqual([
      ['⛔ c', 'refused', '–', '–', '–', '–', '–', '–'],
      ['⚠️ b', 'stopped', 'unattended-upgrades', 'Debian-Security', '2 h ago', 'nothing to install', '0', 'no'],
      ['✅ a', 'works', 'unattended-upgrades', 'Debian-Security', '2 h ago', 'nothing to install', '0', 'no'],
    ]);
    expect(wordsOf(message)).toContain('apt-daily-upgrade.timer is masked');
  });

  it('says how long security updates wait, once that tells something', () => {
    const os = anOs({ pending: [aPackage('openssl', { security: true })] });
    const pending = (minutes: number) => {
      const waiting = [{ name: 'openssl', version: '1.1', since: new Date(NOW.getTime() - minutes * 60_000) }];
      return rowsOf(patchAutoView(facts([{ ...aReport('a', { os }), waiting }])))[1]?.[6];
    };
    expect([pending(0), pending(59), pending(61), pending(60 * 24 * 12)]).toEqual([
      '1',
      '1',
      '1, for 1 h',
      '1, for 12 d',
    ]);
  });

  it('shows what is not there and what is not known', () => {
    const cells = (overrides: Partial<AutoSample>) =>
      rowsOf(patchAutoView(facts([aReport('a', overrides)])))[1]?.slice(1, 6);
    expect(cells({ ...NO_MECHANISM, mechanism: 'none' })).toEqual(['off', 'none', '–', '–', '–']);
    expect(cells(NO_MECHANISM)).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown']);
    expect(cells({ lastRunAgeSeconds: 'never', lastResult: undefined })?.slice(3)).toEqual(['never', '–']);
  });
});
