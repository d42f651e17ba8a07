import { describe, expect, it } from 'vitest';
import { checkView } from '../../../sandbox/slack/blocks/check-view.ts';
import { rememberOrigin } from '../../../src/handlers/modal-origin.ts';
import type { AlertGroup } from '../../../src/services/alerts/alert.ts';
import { alertDetailsModal } from '../../../src/views/alert-details-modal.ts';
import { alertSilenceModal } from '../../../src/views/alert-silence-modal.ts';
import { aLostReport, aReport, NOW } from '../../support/builders.ts';
import { aGroup, anAlert, aSilence, BOB, extremeGroup, groupFacts } from './alert-builders.ts';
import { wordsOf } from './message-parts.ts';
import { ago } from './rollout-builders.ts';

const HERE = { channelId: 'C0ACMEOPS', threadTs: '1700000000.000100' };

describe('the form of a silence', () => {
  const form = (group: Partial<AlertGroup> = {}) =>
    alertSilenceModal({ group: aGroup(group), timeZone: 'Europe/Zurich', now: NOW });
  const optionsOf = (group: Partial<AlertGroup>, blockId: string): readonly (readonly [string, string])[] => {
    const block = form(group).blocks.find(({ block_id }) => block_id === blockId);
    const { element } = block as { element: { options: { value: string; text: { text: string } }[] } };
    return element.options.map(({ value, text }) => [value, text.text] as const);
  };

  it('asks how long, what, and why', () => {
    expect(form().blocks.flatMap(({ block_id }) => block_id ?? [])).toEqual(['for', 'until', 'what', 'reason']);
    expect(optionsOf({}, 'for').map(([value]) => value)).toEqual(['1h', '4h', '1d', '7d']);
    expect(wordsOf(form())).toContain('on the clocks of Europe/Zurich. At most 7 days.');
  });

  it('offers this signal on these hosts, the whole signal, and each host', () => {
    expect(optionsOf({}, 'what')).toEqual([
      ['hosts', 'Disk: these 2 hosts'],
      ['signal', 'Disk: all of acme/prod'],
      ['host:mi-2', 'Every alert of mi-2'],
      ['host:db-1', 'Every alert of db-1'],
    ]);
  });

  it('offers no hosts for the way in, which is about hops', () => {
    const alerts = [anAlert('', { signal: 'access_path', subject: 'acme-bastion' })];
    expect(optionsOf({ signal: 'access_path', alerts }, 'what')).toEqual([['signal', 'Way in: all of acme/prod']]);
  });

  it('silences no part of many hosts as if it were all of them', () => {
    const alerts = Array.from({ length: 30 }, (_, index) => anAlert(`host-${index}`));
    const offered = optionsOf({ alerts }, 'what').map(([value]) => value);
    expect(offered).not.toContain('hosts');
    expect(offered).toHaveLength(21);
  });

  it('fits into what Slack takes, whatever hosts are called', () => {
    const long = Array.from({ length: 200 }, (_, index) => anAlert(`${'"'.repeat(100)}${index}`));
    for (const alerts of [long, extremeGroup().group.alerts, []]) {
      const view = rememberOrigin(form({ alerts }), HERE);
      expect(checkView(view, 'modal')).toEqual([]);
    }
  });
});

describe('the details of a group', () => {
  it('show all alerts, those held back, who acknowledged, and silences', () => {
    const alerts = [anAlert('mi-2'), anAlert('db-1', { suppressed: 'host is down' })];
    const facts = groupFacts({ alerts, acknowledged: { by: BOB, at: ago(2) } }, { silences: [aSilence()] });
    const words = wordsOf(alertDetailsModal({ facts, reports: [] }));
    expect(words).toMatch(/\*Alerts\*\n🔴 `mi-2`[\s\S]*\*Held back\*\n🔕 `db-1`.*nobody is told: host is down/);
    expect(words).toContain('👀 Acknowledged by *Bob Tanaka*');
    expect(words).toMatch(/\*Silences\*\n🔕 Silenced by \*Carol Mensah\*/);
    expect(wordsOf(alertDetailsModal({ facts: groupFacts(), reports: [] }))).toContain('Nobody has acknowledged it.');
  });

  it('show the last check of its hosts, and say where there is none', () => {
    const reports = [aLostReport('mi-2'), aReport('other-1')];
    const words = wordsOf(alertDetailsModal({ facts: groupFacts(), reports }));
    expect(words).toMatch(/\*Last checks\*\n⛔ `mi-2` host esb-2 at 192\.0\.2\.7:22 refused.* · checked 0 s ago/);
    expect(words).toContain('❔ `db-1` unknown: there is no check of it');
    expect(words).not.toContain('other-1');
  });

  it('keep headings apart and end no line in the middle of a sentence', () => {
    const words = wordsOf(alertDetailsModal({ facts: groupFacts(), reports: [aLostReport('mi-2')] }));
    expect(words).toMatch(/Nobody has acknowledged it\.\n\n\*Alerts\*/);
    expect(words).not.toContain('. · checked');
  });

  it('show the last check of every host where the way to them is broken', () => {
    const alerts = [anAlert('', { signal: 'access_path', subject: 'acme-bastion' })];
    const facts = groupFacts({ signal: 'access_path', alerts });
    const words = wordsOf(alertDetailsModal({ facts, reports: [aReport('mi-2'), aReport('db-1')] }));
    expect(words).toMatch(/✅ `mi-2` ok · checked 0 s ago\n✅ `db-1` ok/);
  });

  it('fit into what Slack takes with 200 hosts', () => {
    const facts = extremeGroup();
    const reports = facts.group.alerts.map(({ host }) => aReport(host));
    const view = rememberOrigin(alertDetailsModal({ facts, reports }), HERE);
    expect(checkView(view, 'modal')).toEqual([]);
    expect(wordsOf(view)).not.toContain('<!channel>');
    expect(wordsOf(view)).toMatch(/\d+ more lines found no room here/);
    expect(new TextEncoder().encode(JSON.stringify(view)).length).toBeLessThan(250_000);
  });
});
