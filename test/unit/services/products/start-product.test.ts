import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { BY_UNIT, STARTED, setUpControl, unit } from './controlled-product.ts';
import { running } from './fake-product.ts';

describe('start of a product', () => {
  it('waits for the JVM and for the line in the log that is newer', async () => {
    const { start, fake, tookMs } = setUpControl();
    fake.onLook = (number) => {
      fake.parts = number < 3 ? {} : number < 5 ? running(801) : { ...running(801), ...STARTED };
    };
    expect(await start()).toEqual({ ok: true, note: 'is has started' });
    expect(fake.asked).toEqual(['start']);
    expect(tookMs()).toBe(6_000);
    expect(fake.executor.runs.at(-1)?.command.slice(-3)).toEqual(['77', '500', '25']);
  });

  it('does not take the line of the start before for this one', async () => {
    const { start, fake } = setUpControl();
    fake.onLook = (number) => {
      fake.parts = number === 1 ? {} : { ...running(801, number), started: ['999000 old'], tail: ['still starting'] };
    };
    expect(await start()).toMatchObject({
      ok: false,
      reason: 'is runs (pid 801) and its log does not say that it has started within 10 min',
      output: 'still starting',
    });
  });

  it('starts by the unit when there is one', async () => {
    const { start, fake } = setUpControl();
    fake.parts = unit('inactive');
    fake.onAsk = () => {
      fake.parts = { ...running(801), ...STARTED, ...unit('active') };
    };
    expect(await start(BY_UNIT)).toMatchObject({ ok: true });
    expect(fake.asked).toEqual(['systemctl start --no-block wso2is.service']);
  });

  it('restarts a unit that is up without its JVM', async () => {
    const { start, fake } = setUpControl();
    fake.parts = unit('active');
    fake.onAsk = () => {
      fake.parts = { ...running(801), ...STARTED, ...unit('active') };
    };
    expect(await start(BY_UNIT)).toMatchObject({ ok: true });
    expect(fake.asked).toEqual(['systemctl restart --no-block wso2is.service']);
  });

  it('asks nothing of a product that runs, and waits for one that was begun just now', async () => {
    const { start, fake } = setUpControl();
    fake.parts = { ...running(801, 86_400), started: 1 };
    expect(await start()).toEqual({ ok: true, note: 'is was running already' });
    fake.onLook = (number) => {
      fake.parts = { ...running(801, number), started: [number > 6 ? '1000000 old' : '990000 old'] };
    };
    expect(await start()).toEqual({ ok: true, note: 'is was running already' });
    expect(fake.asked).toEqual([]);
  });

  it('refuses a pid file that names somebody else', async () => {
    const { start, fake } = setUpControl();
    fake.parts = { pidfile: ['412 other nginx: worker process'] };
    expect(await start()).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/wso2carbon\.pid names pid 412, which is another process now/),
      advice: expect.stringContaining('remove /opt/wso2/wso2is-5.11.0/wso2carbon.pid'),
      output: 'nginx: worker process',
    });
    expect(fake.asked).toEqual([]);
  });

  it('does not mind a pid file whose process is gone', async () => {
    const { start, fake } = setUpControl();
    fake.parts = { pidfile: ['412 gone'] };
    fake.onAsk = () => {
      fake.parts = { ...running(801), ...STARTED };
    };
    expect(await start()).toMatchObject({ ok: true });
  });

  it('tells a start of which nothing ever came', async () => {
    const { start, fake, tookMs } = setUpControl();
    fake.parts = { tail: ['the log of yesterday'] };
    expect(await start()).toMatchObject({
      ok: false,
      reason: 'is started and gone: no JVM ever appeared',
      advice: expect.stringContaining('a JDK that it does not take'),
      output: 'the log of yesterday',
    });
    expect(tookMs()).toBe(30_000);
  });

  it('tells a JVM that ended again, with the end of its log', async () => {
    const { start, fake } = setUpControl();
    fake.onLook = (number) => {
      fake.parts = number === 2 ? running(801) : { tail: ['java.net.BindException: Address already in use'] };
    };
    expect(await start()).toMatchObject({
      ok: false,
      reason: 'is started and gone: its JVM ended again',
      output: expect.stringContaining('BindException'),
    });
  });

  it('waits out the moment in which the script starts its JVM again', async () => {
    const { start, fake } = setUpControl();
    fake.onLook = (number) => {
      fake.parts = number === 2 ? running(801) : number < 7 ? {} : { ...running(802), ...STARTED };
    };
    expect(await start()).toMatchObject({ ok: true });
  });

  it('does not wait for a JVM of a unit that failed', async () => {
    const { start, fake, tookMs } = setUpControl();
    fake.parts = unit('inactive');
    fake.onAsk = () => {
      fake.parts = { unit: ['LoadState=loaded', 'ActiveState=failed', 'Result=exit-code'] };
    };
    expect(await start(BY_UNIT)).toMatchObject({ ok: false, reason: expect.stringContaining('failed: exit-code') });
    expect(tookMs()).toBe(2_000);
  });

  it('names a unit that the host does not have', async () => {
    const { start, fake } = setUpControl();
    fake.parts = unit('inactive', 'not-found');
    expect(await start(BY_UNIT)).toMatchObject({ ok: false, reason: expect.stringContaining('not-found') });
  });

  it('says when systemd or the script does not take the question', async () => {
    const { start, fake } = setUpControl();
    fake.answer = ({ command }) =>
      command.includes('systemctl') ? { exitCode: 1, stderr: 'sudo: a password is required' } : undefined;
    fake.parts = unit('inactive');
    expect(await start(BY_UNIT)).toMatchObject({ ok: false, reason: expect.stringContaining('password is required') });
    fake.answer = ({ command }) =>
      command.at(-2) === 'start' ? { stdout: 'asked|none of the scripts\nasked=127\nend=0\n' } : undefined;
    expect(await start()).toMatchObject({ ok: false, reason: expect.stringContaining('none of the scripts') });
  });

  it('looks before it asks again when the answer was lost on the way', async () => {
    const { start, fake } = setUpControl();
    fake.onAsk = () => {
      fake.parts = { ...running(801), ...STARTED };
      throw new HopFailure(aHopFailure({ kind: 'connection_lost' }));
    };
    expect(await start()).toMatchObject({ ok: true });
    expect(fake.asked).toEqual(['start']);
  });

  it('takes a product without a readable log for started once it has stayed', async () => {
    const { start, fake, tookMs } = setUpControl();
    fake.parts = { log: 1 };
    fake.onAsk = () => {
      fake.parts = { ...running(801), log: 1 };
    };
    expect(await start()).toMatchObject({ ok: true });
    expect(tookMs()).toBe(20_000);
  });
});
