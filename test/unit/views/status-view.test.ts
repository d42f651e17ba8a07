import type { TableBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { HostReport } from '../../../src/domain/host-report.ts';
import type { Message } from '../../../src/domain/message.ts';
import { CHECK_AGAIN, type StatusFacts, statusCheckingView, statusView } from '../../../src/views/status-view.ts';
import { aHeap, aHopFailure, aLostReport, aProductSample, aReport, aSample, NOW } from '../../support/builders.ts';
import { anEnvironment } from '../../support/world.ts';
import { textsOf } from './texts-of.ts';

function shown(
  reports: readonly HostReport[],
  overrides: Partial<StatusFacts> & { hosts?: readonly string[] } = {},
): Message {
  const environment = anEnvironment('acme', 'prod', overrides.hosts ?? reports.map(({ host }) => host));
  const selection = { customer: 'acme', environment, hosts: environment.hosts };
  return statusView({
    selection,
    reports,
    now: NOW,
    isFinal: true,
    key: 'status:1',
    askedBy: 'Alice Moreau',
    ...overrides,
  });
}

function rowsOf(message: Message): readonly (readonly string[])[] {
  const block = message.blocks?.find((candidate): candidate is TableBlock => candidate.type === 'table');
  return block?.rows.map((row) => row.map((cell) => ('text' in cell ? String(cell.text) : ''))) ?? [];
}

const cellsOf = (report: HostReport) => rowsOf(shown([report]))[1];

describe('statusCheckingView', () => {
  it('says at once what is being checked', () => {
    const environment = anEnvironment('acme', 'prod', ['a', 'b', 'c', 'd', 'e', 'f']);
    const { text } = statusCheckingView({ customer: 'acme', environment, hosts: environment.hosts });
    expect(text).toBe('⏳ acme/prod: checking 6 hosts…');
  });
});

describe('statusView', () => {
  it('shows one row a host', () => {
    expect(rowsOf(shown([aReport('is-1')]))).toEqual([
      ['Host', 'Reached', 'CPU', 'Load/core', 'Memory', 'Fullest disk', 'JVM heap', 'Application', 'Uptime', 'Age'],
      ['✅ is-1', 'yes', '12 %', '0.30', '55 %', '/ 34 %', '512 of 1000 MiB, old 40 %', 'healthy', '12 d', '0 s'],
    ]);
  });

  it('begins with the summary, which is also the text for notifications', () => {
    const message = shown([aReport('is-1'), aReport('is-2')]);
    expect(message.text).toBe('✅ acme/prod: all 2 hosts healthy');
    expect(textsOf(message.blocks)[0]).toBe('✅ *acme/prod*: all 2 hosts healthy');
  });

  it('shows the age of each sample', () => {
    const report = aReport('is-1', { checkedAt: new Date(NOW.getTime() - 3 * 60_000) });
    expect(cellsOf(report)?.at(-1)).toBe('3 min');
  });

  it('shows what is unknown as unknown, and what was not reached as nothing', () => {
    const empty = aSample({
      cpuBusyPercent: undefined,
      cores: undefined,
      memoryUsedPercent: undefined,
      filesystems: undefined,
      uptimeSeconds: undefined,
      products: [aProductSample({ running: undefined, heap: undefined, health: [] })],
    });
    const unknown = Array.from({ length: 7 }, () => 'unknown');
    expect(cellsOf(aReport('is-1', { level: 'unknown', sample: empty }))).toEqual([
      '❔ is-1',
      'yes',
      ...unknown,
      '0 s',
    ]);
    const nothing = Array.from({ length: 7 }, () => '–');
    expect(cellsOf(aLostReport('is-1'))).toEqual(['⛔ is-1', 'refused', ...nothing, '0 s']);
    expect(cellsOf(aReport('is-1', { level: 'unknown', sample: undefined }))?.[1]).toBe('unknown');
  });

  it('explains below the words that are there, and no others', () => {
    const legendOf = (report: HostReport) => textsOf(shown([report]).blocks).find((text) => text.startsWith('As of'));
    expect(legendOf(aReport('is-1'))).toMatch(/old generation\.$/);
    expect(legendOf(aReport('is-1', { level: 'unknown', sample: undefined }))).toContain('does not count as healthy');
    expect(legendOf(aLostReport('is-1'))).toContain('was not reached');
    expect(legendOf(aReport('is-1'))).toContain('asked by Alice Moreau');
  });

  it('shows the fullest disk, or its inodes when they are worse', () => {
    const filesystems = [
      { mount: '/', usedPercent: 70, totalBytes: 1, readOnly: false },
      { mount: '/var', usedPercent: 20, inodesUsedPercent: 96, totalBytes: 1, readOnly: false },
    ];
    expect(cellsOf(aReport('is-1', { sample: aSample({ filesystems }) }))?.[5]).toBe('/var inodes 96 %');
  });

  it('shows of several products the fullest old generation, and that another is unknown', () => {
    const fuller = aHeap({ oldGenUsedBytes: 900, oldGenMaxBytes: 1000 });
    const products = [aProductSample(), aProductSample({ heap: fuller }), aProductSample({ heap: undefined })];
    expect(cellsOf(aReport('is-1', { sample: aSample({ products }) }))?.[6]).toMatch(/old 90 %, 1 unknown$/);
  });

  it.each([
    { product: { running: false, heap: undefined }, words: 'is down' },
    { product: { health: [{ name: 'a', healthy: false, detail: '500' }] }, words: '1 of 1 failing' },
    { product: { health: [{ name: 'a', healthy: undefined, detail: '?' }] }, words: 'unknown' },
    { product: { health: [] }, words: 'running' },
  ])('calls the application $words', ({ product, words }) => {
    const sample = aSample({ products: [aProductSample(product)] });
    expect(cellsOf(aReport('is-1', { sample }))?.[7]).toBe(words);
  });

  it('says below the table what is wrong and what to do', () => {
    const report = aReport('mi-2', {
      level: 'critical',
      findings: [
        { level: 'critical', text: '/var 93 % full (critical from 90 %)' },
        { level: 'unknown', text: 'uptime: no output' },
      ],
    });
    const texts = textsOf(shown([aLostReport('esb-2'), report]).blocks).join('\n');
    expect(texts).toContain('⛔ host esb-2 at 192.0.2.7:22 refused the connection');
    expect(texts).toContain('→ Check on the console');
    expect(texts).toContain(
      '🔴 `mi-2`:\n      • /var 93 % full (critical from 90 %)\n      • unknown: uptime: no output',
    );
  });

  it('says once what keeps many hosts from being reached', () => {
    const failure = aHopFailure({ kind: 'connect_timeout', hop: 'acme-bastion', role: 'bastion' });
    const reports = Array.from({ length: 30 }, (_, index) => aLostReport(`h-${index}`, failure));
    const texts = textsOf(shown(reports).blocks).join('\n');
    expect(texts.split('acme-bastion at').length).toBe(2);
    expect(texts).toContain('`h-7` and 22 more: bastion acme-bastion');
  });

  it('shows while hosts answer who is still awaited, without a button', () => {
    const message = shown([aReport('is-1')], { hosts: ['is-1', 'is-2'], isFinal: false });
    expect(message.text).toBe('⏳ acme/prod: checking 2 hosts… 1 answered');
    expect(rowsOf(message).map(([host, reached]) => [host, reached])).toEqual([
      ['Host', 'Reached'],
      ['✅ is-1', 'yes'],
      ['⏳ is-2', 'waiting'],
    ]);
    expect(JSON.stringify(message.blocks)).not.toContain(CHECK_AGAIN);
  });

  it('offers to check the same hosts again in the same message', () => {
    const actions = shown([aReport('is-1')]).blocks?.at(-1);
    const environment = anEnvironment('acme', 'prod', ['is-1', 'is-2']);
    const selection = { customer: 'acme', environment, hosts: environment.hosts.slice(0, 1) };
    const some = shown([aReport('is-1')], { selection }).blocks?.at(-1);
    const value = (block: unknown) => JSON.parse((block as { elements: [{ value: string }] }).elements[0].value);
    expect(value(actions)).toEqual({ environment: 'acme/prod', hosts: [], key: 'status:1' });
    expect(value(some)).toEqual({ environment: 'acme/prod', hosts: ['is-1'], key: 'status:1' });
  });

  it('shows the first 99 of many hosts and how to see the others', () => {
    const message = shown(Array.from({ length: 250 }, (_, index) => aReport(`apim-${index}`)));
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(rowsOf(message)).toHaveLength(100);
    expect(textsOf(message.blocks).join('\n')).toContain(
      '151 hosts more found no room in the table; the worst are shown first. Name hosts to see them: `/msops status acme/prod &lt;host&gt; …`',
    );
  });

  it('fits when every host of many has a lot to say', () => {
    const findings = Array.from({ length: 40 }, (_, index) => ({
      level: 'critical' as const,
      text: `${'/very/long/mount'.repeat(20)}/${index} 99 % full & <broken>`,
    }));
    const sample = aSample({
      filesystems: [{ mount: '/x'.repeat(500), usedPercent: 99, totalBytes: 1, readOnly: true }],
      products: [aProductSample({ name: 'p'.repeat(500), running: false })],
    });
    const reports = Array.from({ length: 200 }, (_, index) =>
      aReport(`${'h'.repeat(200)}-${index}`, { level: 'critical', findings, sample }),
    );
    const message = shown(reports);
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(message.text.length).toBeLessThan(1000);
    expect(textsOf(message.blocks).join('\n')).toMatch(/\d+ more hosts have findings/);
  });

  it('leaves the button out when it would remember too much', () => {
    const environment = anEnvironment(
      'acme',
      'prod',
      Array.from({ length: 200 }, (_, index) => `integrator-${index}`),
    );
    const hosts = environment.hosts.slice(1);
    const message = shown([], { selection: { customer: 'acme', environment, hosts } });
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(JSON.stringify(message.blocks)).not.toContain(CHECK_AGAIN);
  });

  it('fits and mentions nobody, whatever the hosts and the inventory are called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      fc.constantFrom(
        '<!channel>',
        '`',
        '*_~',
        '<@U0BOB>&lt;',
        '\u202Etxt',
        '',
        '\n\n# x',
        '\u{1F468}\u200D'.repeat(90),
      ),
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), hostile, (names, words) => {
        const reports = names.flatMap((name) => [
          aLostReport(name, { hop: words, detail: words, address: words }),
          aReport(name, { level: 'critical', findings: [{ level: 'critical', text: words }] }),
          aReport(name, {
            sample: aSample({ filesystems: [{ mount: words, usedPercent: 1, totalBytes: 1, readOnly: false }] }),
          }),
        ]);
        const message = shown(reports);
        expect(checkBlocks(message.blocks, 'message')).toEqual([]);
        const mrkdwn = JSON.stringify(message.blocks?.filter(({ type }) => type !== 'table' && type !== 'actions'));
        expect(mrkdwn.replaceAll(/<!date\^[^>]*>/g, '')).not.toContain('<');
        expect(message.text).not.toContain('<');
      }),
      { numRuns: 50 },
    );
  });
});
