import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { SIGNALS } from '../../../src/domain/inventory.ts';
import type { Alert, AlertGroup } from '../../../src/services/alerts/alert.ts';
import { alertWords } from '../../../src/views/alert-words.ts';
import { aGroup, anAlert, aSilence, BOB, extremeGroup, groupFacts } from './alert-builders.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import { ago, CAROL } from './rollout-builders.ts';

describe('the message of a group', () => {
  const drawn = (group: Partial<AlertGroup> = {}, overrides = {}) => alertWords.group(groupFacts(group, overrides));

  it('says all that matters in the one line that a phone shows', () => {
    const { text } = drawn();
    expect(text).toBe('🔴 acme/prod: disk filling up on 2 hosts: mi-2, db-1: /var 93 % full (critical from 90 %)');
    expect(drawn({ alerts: [anAlert('mi-2')] }).text).toContain('disk filling up on mi-2: /var 93 %');
  });

  it('has a line a host, since when, and the runbook', () => {
    const words = wordsOf(drawn({}, { runbook: 'https://wiki.example/disk' }));
    expect(words).toContain(
      '🔴 *acme/prod* · *disk filling up on 2 hosts: `mi-2`, `db-1`*\nsince Sun, Mar 1, 03:48 Europe/Zurich (<!date^',
    );
    expect(words).toMatch(/🔴 `mi-2` \/var 93 % full \(critical from 90 %\) · since <!date\^/);
    expect(words).toMatch(/⚠️ `db-1` \/ 85 % full/);
    expect(words).toContain('<https://wiki.example/disk|Runbook>');
  });

  it('has no runbook for a customer, nor for a made-up alert', () => {
    const runbook = 'https://wiki.example/disk';
    expect(wordsOf(drawn({}, { runbook, isOps: false }))).not.toContain(runbook);
    expect(wordsOf(drawn({ isTest: true }, { runbook }))).not.toContain(runbook);
  });

  it('offers what can be done with it, to our own people alone', () => {
    expect(buttonsOf(drawn())).toEqual(['acknowledge', 'silence', 'details'].map((verb) => `alert.${verb}=7kq2m9xd`));
    expect(buttonsOf(drawn({}, { isOps: false }))).toEqual([]);
    const acknowledged = { by: BOB, at: ago(3) };
    expect(buttonsOf(drawn({ acknowledged }))).toEqual(['alert.silence=7kq2m9xd', 'alert.details=7kq2m9xd']);
  });

  it('counts a host once, however much is wrong with it', () => {
    const { text } = drawn({ alerts: [anAlert('mi-2'), anAlert('mi-2', { subject: '/' })] });
    expect(text).toContain('disk filling up on mi-2:');
  });

  it('says what is unknown in words, apart from what is wrong', () => {
    const unknown = anAlert('is-1', { severity: 'unknown', text: 'df hung for 5 s' });
    expect(drawn({ alerts: [anAlert('mi-2'), unknown] }).text).toMatch(/on mi-2; disk unknown on is-1/);
    const { text, blocks } = drawn({ alerts: [unknown] });
    expect(text).toBe('❔ acme/prod: disk unknown on is-1: unknown: df hung for 5 s');
    expect(wordsOf({ blocks })).toContain('❔ `is-1` unknown: df hung for 5 s');
  });

  it('says that data is missing, never that all is well', () => {
    const missing = anAlert('is-1', { signal: 'missing', severity: 'unknown', text: 'not checked since 03:12' });
    const { text, blocks } = drawn({ signal: 'missing', alerts: [missing] });
    expect(text).toBe('❔ acme/prod: no data from is-1: not checked since 03:12');
    expect(wordsOf({ blocks })).not.toMatch(/✅|healthy|\bok\b/);
  });

  it('names the hop where the way in ends', () => {
    const alert = anAlert('', { signal: 'access_path', subject: 'acme-bastion', text: '3 hosts behind it' });
    expect(drawn({ signal: 'access_path', alerts: [alert] }).text).toBe(
      '🔴 acme/prod: no way in through acme-bastion: 3 hosts behind it',
    );
  });

  it.each(SIGNALS)('has words for %s, wrong and unknown', (signal) => {
    for (const severity of ['critical', 'unknown'] as const) {
      const { text } = drawn({ signal, alerts: [anAlert('mi-2', { signal, severity, subject: '' })] });
      expect(text).toMatch(/: \S.* mi-2: /);
    }
  });

  it("says what a customer's monitoring reports, and where it shows it", () => {
    const external = (host: string, overrides: Partial<Alert> = {}) =>
      anAlert(host, { signal: 'external', subject: 'f1', title: 'HighErrorRate', text: '5 % fail', ...overrides });
    const links = { source: 'https://grafana.acme.example/d/1', runbook: 'https://wiki.acme.example/r' };
    const group = { signal: 'external', title: 'HighErrorRate' } as const;
    const message = drawn(
      { ...group, alerts: [external('db-1', { links }), external('')] },
      { runbook: 'https://wiki.example/external' },
    );
    expect(message.text).toBe("🔴 acme/prod: HighErrorRate: reported by the customer's monitoring for db-1: 5 % fail");
    expect(wordsOf(message)).toMatch(
      /🔴 `db-1` 5 % fail · .* · <https:\/\/grafana.acme.example\/d\/1\|Source>\n🔴 5 % fail/,
    );
    expect(wordsOf(message)).toContain('<https://wiki.acme.example/r|Runbook>');
    expect(wordsOf(message)).not.toMatch(/f1|somewhere|wiki.example/);
    const nowhere = drawn({ ...group, alerts: [external('')] });
    expect(nowhere.text).toBe("🔴 acme/prod: HighErrorRate: reported by the customer's monitoring: 5 % fail");
    const javascript = external('db-1', { links: { source: 'javascript:x', runbook: 'http://wiki' } });
    expect(wordsOf(drawn({ ...group, alerts: [javascript] }))).not.toMatch(/Source|Runbook/);
    const ended = [{ host: '', subject: 'f2', at: ago(1) }];
    expect(wordsOf(drawn({ ...group, ended }))).toContain('✅ One without a host ended');
  });

  it("says whose a customer's service is", () => {
    const group = { signal: 'service', owner: 'customer' } as const;
    const alerts = [anAlert('mi-2', { ...group, subject: 'is/orders', text: 'is/orders: health check failed (503)' })];
    const ours = drawn({ ...group, alerts });
    expect(ours.text).toMatch(/customer's service not healthy on mi-2: is\/orders: health check failed \(503\)$/);
    expect(wordsOf(ours)).toContain("A service of Acme Bank's own: told to the customer, and nobody of ours");
    expect(wordsOf(drawn({ ...group, alerts }, { isOps: false }))).toMatch(/A service of Acme Bank's own(?!:)/);
  });

  it('tells those that are held back from those that are told, with the reason', () => {
    const held = anAlert('db-1', { suppressed: { kind: 'silence', text: 'silenced by Carol Mensah until 05:00' } });
    const message = drawn({ alerts: [anAlert('mi-2'), held] });
    expect(message.text).toContain('on mi-2: ');
    expect(wordsOf(message)).toContain('🔕 `db-1`');
    expect(wordsOf(message)).toContain('nobody is told: silenced by Carol Mensah until 05:00');
    expect(drawn({ alerts: [held] }).text).toBe('🔕 acme/prod: disk: nobody is told');
  });

  it('says by whom it is acknowledged and silenced', () => {
    const message = drawn({ acknowledged: { by: BOB, at: ago(3) } }, { silences: [aSilence()] });
    expect(message.text).toMatch(/ \(acknowledged\)$/);
    expect(wordsOf(message)).toContain('👀 Acknowledged by *Bob Tanaka* <!date^');
    expect(wordsOf(message)).toMatch(
      /🔕 Silenced by \*Carol Mensah\* until <!date.*: disk on `mi-2` of acme\/prod, “archive job runs until noon”/,
    );
  });

  it('names none of our people in a shared channel', () => {
    const reasons: readonly Alert['suppressed'][] = [
      { kind: 'silence', text: 'held back by Carol Mensah until 05:00' },
      { kind: 'maintenance', text: 'rollout 7kq2m9xd by Bob Tanaka' },
      'silenced by Bob Tanaka, as it was written before reasons had a kind',
    ];
    const alerts = reasons.map((suppressed, index) => anAlert(`h-${index}`, { suppressed }));
    const acknowledged = { by: BOB, at: ago(3) };
    const said = drawn({ alerts, acknowledged }, { isOps: false, silences: [aSilence()] });
    const words = `${said.text}\n${wordsOf(said)}`;
    expect(words).not.toMatch(/Bob|Carol|archive job|rollout/);
    expect(words).toMatch(/nobody is told: silenced[\s\S]*nobody is told: maintenance[\s\S]*👀 Acknowledged <!date/);
  });

  it('shows a host that gets better, and strikes out those that have ended', () => {
    const clearing = anAlert('mi-2', { state: 'clearing', since: ago(1) });
    const words = wordsOf(drawn({ alerts: [clearing], ended: [{ host: 'db-1', subject: '/', at: ago(2) }] }));
    expect(words).toContain('· well since <!date^');
    expect(words).toContain('✅ ~`db-1`~ `/` ended <!date^');
  });

  it('is green at the end, says how long it lasted, and keeps the details alone', () => {
    const over = { alerts: [], endedAt: ago(-11), ended: [{ host: 'mi-2', subject: '/var', at: ago(-11) }] };
    const message = drawn({ ...over, acknowledged: { by: BOB, at: ago(3) } }, { silences: [aSilence()] });
    expect(message.text).toBe('✅ acme/prod: over after 23 min: disk on mi-2');
    expect(wordsOf(message)).toMatch(
      /\nbegan Sun, Mar 1, 03:48 Europe\/Zurich \(<!date\^[^)]*your time\), over <!date\^/,
    );
    expect(wordsOf(message)).not.toContain('🔕');
    expect(buttonsOf(message)).toEqual(['alert.details=7kq2m9xd']);
    expect(buttonsOf(drawn(over, { isOps: false }))).toEqual([]);
  });

  it('names what is over once, and a hop as what one goes through', () => {
    const test = { alerts: [], endedAt: ago(0), ended: [{ host: 'test', subject: 'test', at: ago(0) }] };
    expect(wordsOf(drawn({ ...test, isTest: true }))).toContain('~`test`~ ended');
    const hop = { ...test, signal: 'access_path' as const, ended: [{ host: '', subject: 'bastion-1', at: ago(0) }] };
    expect(drawn(hop).text).toBe('✅ acme/prod: over after 12 min: way in through bastion-1');
  });

  it('of a test says so first', () => {
    const alerts = [
      anAlert('test', { severity: 'warning', isTest: true, text: 'TEST by Bob Tanaka: nothing is wrong' }),
    ];
    const message = drawn({ isTest: true, alerts });
    expect(message.text).toMatch(
      /^⚠️ 🧪 Test, nothing is wrong: acme\/prod: a made-up alert shows .*TEST by Bob Tanaka/,
    );
    expect(buttonsOf(message)).toEqual(['alert.acknowledge=7kq2m9xd', 'alert.details=7kq2m9xd']);
    expect(JSON.stringify(drawn({ isTest: true, alerts }, { isOps: false }))).not.toContain('Bob');
    const change = { fired: alerts, worsened: [], ended: [] };
    expect(JSON.stringify(alertWords.change(aGroup(), change))).not.toContain('Bob');
  });

  it('fits into what Slack takes with 200 hosts, whatever they say', () => {
    for (const isOps of [true, false]) {
      for (const endedAt of [undefined, ago(0)]) {
        const facts = extremeGroup({ isOps });
        const { text, blocks } = alertWords.group({ ...facts, group: { ...facts.group, endedAt } });
        expect(checkBlocks(blocks, 'message')).toEqual([]);
        expect(text.length).toBeLessThanOrEqual(400);
        expect(`${text}${wordsOf({ blocks })}`).not.toMatch(/<!channel>|<https:\/\/evil/);
        expect(wordsOf({ blocks })).toMatch(/\d+ more found no room here/);
      }
    }
  });
});

describe('the lines in its thread', () => {
  const none = { fired: [], worsened: [], ended: [] };

  it('say the one thing that changed', () => {
    const { text, blocks } = alertWords.change(aGroup(), { ...none, fired: [anAlert('mi-1')] });
    expect(text).toBe('🔴 New: `mi-1` /var 93 % full (critical from 90 %)');
    expect(wordsOf({ blocks })).toBe(text);
  });

  it('say several with a summary', () => {
    const change = { fired: [anAlert('mi-1')], worsened: [anAlert('db-1')], ended: [anAlert('mi-2')] };
    const { text, blocks } = alertWords.change(aGroup(), change);
    expect(text).toBe('🔴 1 alert new, 1 alert worse, 1 alert ended');
    expect(wordsOf({ blocks })).toMatch(/New: `mi-1`[\s\S]*Worse: `db-1`[\s\S]*✅ Ended: `mi-2` `\/var`/);
  });

  it('say the end and how long it took', () => {
    const { text, blocks } = alertWords.change(aGroup({ endedAt: ago(-11) }), { ...none, ended: [anAlert('mi-2')] });
    expect(text).toBe('✅ 1 alert ended, all over after 23 min');
    expect(wordsOf({ blocks })).toContain('✅ All over after 23 min.');
  });

  it('name nobody who silenced something', () => {
    const fired = [anAlert('mi-1', { suppressed: { kind: 'silence', text: `silenced by ${CAROL.name}` } })];
    expect(JSON.stringify(alertWords.change(aGroup(), { ...none, fired }))).not.toContain('Carol');
  });

  it('fit into what Slack takes', () => {
    const { alerts } = extremeGroup().group;
    const { text, blocks } = alertWords.change(aGroup(), { fired: alerts, worsened: alerts, ended: alerts });
    expect(checkBlocks(blocks, 'message')).toEqual([]);
    expect(text.length).toBeLessThanOrEqual(400);
    expect(alertWords.change(aGroup(), none).text).not.toBe('');
  });
});
