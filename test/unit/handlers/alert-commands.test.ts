import { describe, expect, it } from 'vitest';
import { aReport, NOW } from '../../support/builders.ts';
import { aSilence } from '../views/alert-builders.ts';
import { buttonsOf } from '../views/message-parts.ts';
import { type AlertAnswers, setUpAlerts } from './alert-harness.ts';
import { CHANNELS } from './doors-of.ts';
import { said, whereTo } from './told.ts';

type Line = Parameters<ReturnType<typeof setUpAlerts>['type']>;

async function typed([as, where, text]: Line, answers: Partial<AlertAnswers> = {}) {
  const world = setUpAlerts(answers);
  await world.type(as, where, text);
  return { ...world, said: said(world) };
}

describe('alerts', () => {
  it('lists what is open and silenced, of the customers of the channel alone', async () => {
    const world = await typed(['alice', CHANNELS.acmeOps, 'alerts'], { silences: [aSilence()] });
    expect(world.calls).toEqual([
      ['open', ['acme'], undefined],
      ['silences', ['acme'], undefined],
    ]);
    expect(world.said).toMatch(/🔴 1 open alert[\s\S]*disk filling up on 2 hosts[\s\S]*by \*Carol Mensah\*/);
    expect(world.said).not.toContain('globex');
    expect(buttonsOf(world.told[0]!.message)).toEqual(['alert.details=7kq2m9xd', 'silence.end=s7kq2m9x']);
    expect(world.told.map(({ to }) => whereTo(to))).toEqual(['response_url']);
    expect(world.audit[0]?.action).toBe('alert.list');
  });

  it('takes one environment', async () => {
    const world = await typed(['alice', CHANNELS.opsAll, 'alerts globex/prod'], { reports: [aReport('gw-1')] });
    expect(world.calls[0]).toEqual(['open', ['globex'], 'prod']);
    expect(world.audit[0]).toMatchObject({ customer: 'globex', environment: 'prod' });
    expect((await typed(['alice', CHANNELS.opsAll, 'alerts a b'])).said).toContain('One environment at a time');
  });

  it('shows people of the customer no names of ours, and no button to end a silence', async () => {
    const world = await typed(['dana', CHANNELS.acmeShared, 'alerts prod'], { silences: [aSilence()] });
    expect(world.said).toMatch(/🔕 Silenced until/);
    expect(world.said).not.toMatch(/Carol|archive/);
    expect(buttonsOf(world.told[0]!.message)).toEqual(['alert.details=7kq2m9xd']);
  });

  it('says why something is not monitored, and what to do instead', async () => {
    const world = await typed(['alice', CHANNELS.acmeOps, 'alerts dev']);
    expect(world.said).toContain('`acme/dev` is not monitored: it is not production, and only production is.');
    expect(world.said).toContain('`/msops status acme/dev` checks it once, now.');
    expect([world.calls, world.audit[0]?.result]).toEqual([[], 'succeeded']);
    const without = await typed(['alice', 'C0INITECHOPS', 'alerts prod']);
    expect(without.said).toContain('`monitoring` is `off` for it in msops.yml');
    expect((await typed(['alice', 'C0INITECHOPS', 'alerts'])).said).toContain('Nothing here is watched');
  });

  it('says when the last check was', async () => {
    const reports = [aReport('apim-1', { checkedAt: new Date(NOW.getTime() - 3_600_000) }), aReport('apim-2')];
    const world = await typed(['alice', 'C0INITECHOPS', 'alerts'], { reports });
    expect(world.said).not.toContain('last check');
    const old = await typed(['alice', CHANNELS.acmeOps, 'alerts prod'], { reports: reports.slice(0, 1) });
    expect(old.said).toContain('acme/prod: last check 1 h ago');
  });

  it('is for those who may', async () => {
    const world = await typed(['gus', CHANNELS.acmeOps, 'alerts']);
    expect([world.calls, world.audit[0]?.result]).toEqual([[], 'denied']);
  });
});

describe('alerts test', () => {
  it('sends one the whole way', async () => {
    const world = await typed(['bob', CHANNELS.acmeOps, 'alerts test prod']);
    expect(world.calls).toEqual([['test', 'acme/prod', 'T0MERIDIAN:U0BOB']]);
    expect(world.said).toContain('🧪 A made-up alert of *acme/prod* is on its way');
    expect(world.audit[0]).toMatchObject({ action: 'alert.test', customer: 'acme', environment: 'prod' });
  });

  it('is refused where nothing is watched, and to those who may only read', async () => {
    const unwatched = await typed(['bob', CHANNELS.acmeOps, 'alerts test dev']);
    expect(unwatched.said).toContain('`acme/dev` is not monitored');
    const denied = await typed(['erin', CHANNELS.acmeOps, 'alerts test prod']);
    expect(denied.said).toContain('`alert.manage` needs the role');
    expect([unwatched.calls, denied.calls]).toEqual([[], []]);
  });
});

describe('silence', () => {
  it('takes a host, a signal, a time and a reason', async () => {
    const line = 'silence prod --host apim-1 --signal disk --for 4h archive job runs';
    const world = await typed(['bob', CHANNELS.acmeOps, line]);
    const until = new Date(NOW.getTime() + 4 * 3_600_000);
    expect(world.calls).toEqual([
      [
        'silence',
        {
          ...{ id: expect.any(String), environment: 'acme/prod', host: 'apim-1', signal: 'disk', until },
          reason: 'archive job runs',
        },
      ],
    ]);
    expect(world.said).toMatch(/🔕 Silenced until <!date.*: disk on `apim-1` of acme\/prod/);
    expect(buttonsOf(world.told[0]!.message)).toHaveLength(1);
    expect(world.audit[0]).toMatchObject({ action: 'alert.silence', hosts: ['apim-1'], result: 'succeeded' });
  });

  it('takes all of an environment, or several hosts', async () => {
    const all = await typed(['bob', CHANNELS.acmeOps, 'silence prod --for 1h moving racks']);
    expect(all.calls).toMatchObject([['silence', { host: undefined, signal: undefined }]]);
    const some = await typed(['bob', CHANNELS.acmeOps, 'silence prod --host apim-1,apim-2 --for 1h moving racks']);
    expect(some.calls).toMatchObject([
      ['silence', { host: 'apim-1' }],
      ['silence', { host: 'apim-2' }],
    ]);
  });

  it.each([
    ['silence', 'Which environment, for how long, and why?'],
    ['silence prod --for 4h', 'Say why'],
    ['silence prod archive job', 'For how long? Say it like `--for 4h`.'],
    ['silence prod --for ever archive job', 'That is not a duration.'],
    ['silence prod --for 4h --signal dsk archive job', 'There is no signal `dsk`.\nDid you mean `disk`?'],
    ['silence prod --for 4h --host nosuch archive job', 'There is no host `nosuch`'],
    ['silence dev --for 4h archive job', '`acme/dev` is not monitored'],
  ])('answers "%s" with what to do', async (line, sentence) => {
    const world = await typed(['bob', CHANNELS.acmeOps, line]);
    expect(world.said).toContain(sentence);
    expect([world.calls, world.audit[0]?.result]).toEqual([[], 'failed']);
  });

  it('is for those who may', async () => {
    for (const [who, where] of [
      ['erin', CHANNELS.acmeOps],
      ['dana', CHANNELS.acmeShared],
    ] as const) {
      const world = await typed([who, where, 'silence prod --for 4h quiet please']);
      expect([world.calls, world.audit[0]?.result]).toEqual([[], 'denied']);
    }
  });
});
