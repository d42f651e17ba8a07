import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/handlers/actions.ts';
import type { Submission } from '../../../src/handlers/modal-spec.ts';
import { MODALS } from '../../../src/handlers/modals.ts';
import { alertSilenceModal } from '../../../src/views/alert-silence-modal.ts';
import { aReport, NOW } from '../../support/builders.ts';
import { anAlert, aSilence, BOB } from '../views/alert-builders.ts';
import { wordsOf } from '../views/message-parts.ts';
import { ago } from '../views/rollout-builders.ts';
import { GROUP, setUpAlerts } from './alert-harness.ts';
import { CHANNELS } from './doors-of.ts';
import { said, whereTo } from './told.ts';

type World = ReturnType<typeof setUpAlerts>;

const BOBS = 'T0MERIDIAN:U0BOB';

describe('the buttons of an alert', () => {
  it('acknowledge, and say so to the clicker alone', async () => {
    const world = setUpAlerts();
    await world.click('bob', CHANNELS.acmeOps, ['alert.acknowledge', GROUP.id]);
    expect(world.calls).toEqual([['acknowledge', GROUP.id, BOBS]]);
    expect(said(world)).toContain('👀 It is yours now: *acme/prod* · disk filling up on 2 hosts');
    expect(world.told.map(({ to }) => whereTo(to))).toEqual(['ephemeral C0ACMEOPS']);
    expect(world.audit[0]).toMatchObject({ action: 'alert.acknowledge', customer: 'acme', result: 'succeeded' });
    expect(world.audit[0]?.hosts).toEqual(['apim-1', 'Mi_1']);
  });

  it('tell whoever is late', async () => {
    const world = setUpAlerts({ refusal: 'Carol Mensah acknowledged it 2 min ago.' });
    await world.click('bob', CHANNELS.acmeOps, ['alert.acknowledge', GROUP.id]);
    expect(said(world)).toContain('Carol Mensah acknowledged it 2 min ago.');
    expect(world.audit[0]?.result).toBe('failed');
  });

  it('show the details to whoever may read, without our names where a customer reads', async () => {
    const silences = [aSilence({ by: BOB })];
    const world = setUpAlerts({ silences, reports: [aReport('apim-1')] });
    await world.click('erin', CHANNELS.acmeOps, ['alert.details', GROUP.id]);
    await world.click('dana', CHANNELS.acmeShared, ['alert.details', GROUP.id]);
    await world.click('dana', undefined, ['alert.details', GROUP.id]);
    await world.click('bob', undefined, ['alert.details', GROUP.id]);
    expect(world.opened.map((view) => wordsOf(view).includes('Bob Tanaka'))).toEqual([true, false, false, true]);
    expect(wordsOf(world.opened[0]!)).toContain('✅ `apim-1` ok');
    expect(world.told).toEqual([]);
  });

  it('put the chart of the last hours into the open details, for the hosts that it is about', async () => {
    const world = setUpAlerts();
    await world.click('bob', CHANNELS.acmeOps, ['alert.details', GROUP.id]);
    expect(wordsOf(world.opened[0]!)).toContain('is being drawn');
    expect(world.charted).toMatchObject([{ metric: 'disk_used_percent_max', hosts: ['apim-1', 'Mi_1'] }]);
    expect(world.updated[0]?.blocks).toContainEqual(
      expect.objectContaining({
        type: 'image',
        slack_file: { id: 'F1' },
        alt_text: expect.stringContaining('Fullest disk'),
      }),
    );
    expect(wordsOf(world.updated[0]!)).not.toContain('is being drawn');
  });

  it('say in one line why there is no chart', async () => {
    for (const answers of [
      { noChart: 'Prometheus did not answer.' },
      { picture: { kind: 'missing', reason: 'Slack did not take the picture.' } as const },
    ]) {
      const world = setUpAlerts(answers);
      await world.click('bob', CHANNELS.acmeOps, ['alert.details', GROUP.id]);
      expect(wordsOf(world.updated[0]!)).toMatch(/📉 There is no chart: (?:Prometheus|Slack) did not/);
      expect(world.told).toEqual([]);
    }
  });

  it('draw nothing for what is no number over time, is made up, or is about no host of ours', async () => {
    for (const group of [
      { ...GROUP, signal: 'access_path' as const },
      { ...GROUP, isTest: true },
      { ...GROUP, alerts: [anAlert('gone-1')] },
    ]) {
      const world = setUpAlerts({ group });
      await world.click('bob', CHANNELS.acmeOps, ['alert.details', GROUP.id]);
      expect([world.opened.length, world.charted, world.updated]).toEqual([1, [], []]);
    }
  });

  it('deny auditors and people of the customer what only our operators do', async () => {
    for (const [who, where] of [
      ['erin', CHANNELS.acmeOps],
      ['dana', CHANNELS.acmeShared],
    ] as const) {
      for (const button of ['alert.acknowledge', 'alert.silence', 'silence.end']) {
        const world = setUpAlerts();
        await world.click(who, where, [button, GROUP.id]);
        expect(said(world)).toContain('`alert.manage` needs the role');
        expect([world.calls, world.opened, world.audit[0]?.result]).toEqual([[], [], 'denied']);
      }
    }
  });

  it('know nothing of an alert of another customer, or of nobody', async () => {
    for (const id of ['g1', 'nosuch', '\u0000', 'x'.repeat(2_000)]) {
      for (const button of ['alert.acknowledge', 'alert.silence', 'alert.details']) {
        const world = setUpAlerts();
        await world.click('alice', CHANNELS.acmeOps, [button, id]);
        expect(said(world)).toContain('I know no such alert here.');
        expect([world.calls, world.opened]).toEqual([[], []]);
      }
    }
  });

  it('end a silence within the customers of the channel', async () => {
    const world = setUpAlerts();
    await world.click('bob', CHANNELS.acmeOps, ['silence.end', 's7kq2m9x']);
    expect(world.calls).toEqual([['endSilence', 's7kq2m9x', BOBS, ['acme']]]);
    expect(said(world)).toContain('🔔 Alerts are told again: disk on `mi-2` of acme/prod');
    expect(world.audit[0]).toMatchObject({ action: 'silence.end', environment: 'prod', hosts: ['mi-2'] });
  });

  it('open no form for what is over', async () => {
    const world = setUpAlerts({ group: { ...GROUP, endedAt: NOW } });
    await world.click('bob', CHANNELS.acmeOps, ['alert.silence', GROUP.id]);
    expect(said(world)).toContain('That alert is over');
    expect(world.opened).toEqual([]);
  });
});

describe('the form of a silence', () => {
  const HOUR = 3_600_000;
  const inTime = (ms: number) => new Date(NOW.getTime() + ms);

  async function submitted(values: Readonly<Record<string, string>>, as: 'bob' | 'erin' = 'bob') {
    const world = setUpAlerts();
    await world.click('bob', CHANNELS.acmeOps, ['alert.silence', GROUP.id]);
    await world.submit(as, world.opened[0]!, { for: '4h', what: 'hosts', reason: ' archive job ', ...values });
    return world;
  }
  const asked = ({ calls }: World) => calls.map(([, request]) => request as Record<string, unknown>);

  it('silences this signal on these hosts, each by itself', async () => {
    const world = await submitted({});
    const common = { environment: 'acme/prod', signal: 'disk', until: inTime(4 * HOUR), reason: 'archive job' };
    expect(asked(world)).toEqual([
      { ...common, id: expect.any(String), host: 'apim-1' },
      { ...common, id: expect.any(String), host: 'Mi_1' },
    ]);
    expect(new Set(asked(world).map(({ id }) => id)).size).toBe(2);
    expect(said(world)).toContain('🔕 Silenced until <!date');
    expect(world.audit[0]).toMatchObject({
      action: 'alert.silence_form',
      hosts: ['apim-1', 'Mi_1'],
      result: 'succeeded',
    });
    expect(world.audit[1]).toMatchObject({ action: 'alert.silence', hosts: ['apim-1', 'Mi_1'], result: 'succeeded' });
  });

  it('gives a replay the same ids', async () => {
    const ids = [await submitted({}), await submitted({})].map((world) => asked(world).map(({ id }) => id));
    expect(ids[0]).toEqual(ids[1]);
  });

  it('silences the whole signal, or all of one host', async () => {
    expect(asked(await submitted({ what: 'signal' }))).toMatchObject([{ host: undefined, signal: 'disk' }]);
    const [one, ...others] = asked(await submitted({ what: 'host:apim-1' }));
    expect([one?.host, one?.signal, others]).toEqual(['apim-1', undefined, []]);
  });

  it('takes a time instead, on the clocks of the environment', async () => {
    // 03:00 UTC is 04:00 in Zurich.
    const [request] = asked(await submitted({ until: '06:30', what: 'signal' }));
    expect(request?.until).toEqual(inTime(2.5 * HOUR));
  });

  it('refuses what cannot be, beside the input', () => {
    const modal = MODALS.find(({ id }) => id === 'alert.silence')!;
    const { private_metadata: metadata = '' } = alertSilenceModal({
      group: GROUP,
      timeZone: 'Europe/Zurich',
      now: NOW,
    });
    const check = (values: Submission['values']) =>
      modal.check({ metadata, values: { for: '4h', what: 'signal', reason: 'x', ...values } });
    expect(check({})).toEqual({});
    expect(check({ reason: '  ' }).reason).toContain('Say why');
    expect(check({ until: 'soon' }).until).toMatch(/not a time that I understand\. Write it like 02:00, [^`]+$/);
    expect(check({ until: 'in 8d' }).until).toBe('At most 7 days.');
    expect(check({ until: 'today 03:00' }).until).toContain('That time is over');
    expect(check({ for: 'ever' }).until).toContain('Choose for how long');
  });

  it('is checked again when it is sent', async () => {
    const world = await submitted({}, 'erin');
    expect([world.calls, world.audit[1]?.result]).toEqual([[], 'denied']);
    const forged = await submitted({ what: 'host:gw-1' });
    expect(said(forged)).toContain('There is no host `gw-1` in `acme/prod`.');
    expect(forged.calls).toEqual([]);
  });

  it('means what was typed from when it was opened: what is over by then is no silence until tomorrow', async () => {
    const world = setUpAlerts();
    const stale = alertSilenceModal({ group: GROUP, timeZone: 'UTC', now: ago(10) });
    const private_metadata = JSON.stringify({ channelId: CHANNELS.acmeOps, metadata: stale.private_metadata });
    await world.submit('bob', { ...stale, private_metadata }, { what: 'signal', until: '02:55', reason: 'x' });
    expect(asked(world)[0]?.until).toEqual(ago(5));
  });
});

describe('what a button or a form of an alert carries', () => {
  const forged = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom('g1', '"'.repeat(3_000)));

  it('is answered once with a sentence, whatever it is', async () => {
    const buttons = ACTIONS.map(({ id }) => id).filter((id) => /^alert\./.test(id));
    expect(buttons).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(forged, fc.constantFrom(...buttons), forged, async (value, button, typed) => {
        const world = setUpAlerts();
        await world.click('alice', CHANNELS.acmeOps, [button, value]);
        const private_metadata = JSON.stringify({ channelId: CHANNELS.acmeOps, metadata: value });
        const view = alertSilenceModal({ group: GROUP, timeZone: 'UTC', now: NOW });
        await world.submit('alice', { ...view, private_metadata }, { for: typed, until: typed, what: typed });
        expect(world.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
        expect([world.told.length, world.audit.length, world.opened, world.calls]).toEqual([2, 2, [], []]);
      }),
      { numRuns: 200 },
    );
  });

  it('is checked word for word in the form', async () => {
    const modal = MODALS.find(({ id }) => id === 'alert.silence')!;
    const { private_metadata: metadata = '' } = alertSilenceModal({ group: GROUP, timeZone: 'UTC', now: NOW });
    fc.assert(
      fc.property(forged, forged, (typed, other) => {
        const errors = modal.check({ metadata, values: { for: typed, until: other, what: typed, reason: typed } });
        expect(Object.values(errors).every((sentence) => sentence !== '')).toBe(true);
      }),
    );
  });
});
