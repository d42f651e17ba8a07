import { describe, expect, it } from 'vitest';
import { HopFailure } from '../../../../src/domain/hop-failure.ts';
import { aHopFailure } from '../../../support/builders.ts';
import { BY_SCRIPT, BY_UNIT, STARTED, setUpControl, unit } from './controlled-product.ts';
import { running } from './fake-product.ts';

describe('stop of a product', () => {
  it('asks nothing of a product that does not run', async () => {
    const { stop, fake } = setUpControl();
    expect(await stop()).toEqual({ ok: true, note: 'is was not running' });
    expect(fake.asked).toEqual([]);
  });

  it('waits until the JVM is gone, whatever the script said', async () => {
    const { stop, fake, tookMs } = setUpControl();
    fake.parts = running(701);
    fake.onLook = (number) => {
      fake.parts = number >= 5 ? {} : running(701);
    };
    expect(await stop()).toEqual({ ok: true, note: 'is has stopped' });
    expect(fake.asked).toEqual(['stop']);
    expect(tookMs()).toBe(8_000);
  });

  it('goes by the unit when it is up, also without a JVM: it would start one', async () => {
    const { stop, fake } = setUpControl();
    fake.parts = unit('activating');
    fake.onAsk = () => {
      fake.parts = unit('inactive');
    };
    expect(await stop(BY_UNIT)).toMatchObject({ ok: true });
    expect(fake.asked).toEqual(['systemctl stop --no-block wso2is.service']);
  });

  it('goes by the script for a JVM that somebody started beside the unit', async () => {
    const { stop, fake } = setUpControl();
    fake.parts = { ...running(701), ...unit('inactive') };
    fake.onAsk = () => {
      fake.parts = unit('inactive');
    };
    expect(await stop(BY_UNIT)).toMatchObject({ ok: true });
    expect(fake.asked).toEqual(['stop']);
  });

  it('gives up after 5 min with what to do, and never kills', async () => {
    const { stop, fake, tookMs } = setUpControl();
    fake.parts = { ...running(701), tail: ['Gracefully shutting down', 'password=hunter2'] };
    const end = await stop();
    expect(end).toMatchObject({
      ok: false,
      reason: 'is did not stop in time: its JVM (pid 701) is still there',
      advice: expect.stringContaining('jcmd 701 Thread.print'),
    });
    expect(JSON.stringify(end)).not.toContain('hunter2');
    expect(tookMs()).toBe(300_000);
    expect(JSON.stringify(fake.executor.runs.map(({ command }) => command))).not.toMatch(/kill -9|KILL/);
  });

  it('survives a connection that breaks while it waits, and asks once', async () => {
    const { stop, fake } = setUpControl();
    fake.parts = running(701);
    fake.onLook = (number) => {
      if (number === 2 || number === 3) {
        throw new HopFailure(aHopFailure());
      }
      fake.parts = number >= 4 ? {} : running(701);
    };
    expect(await stop()).toMatchObject({ ok: true });
    expect(fake.asked).toEqual(['stop']);
  });

  it('says when nobody may look', async () => {
    const { stop, fake } = setUpControl();
    fake.answer = () => ({ exitCode: 1, stderr: 'sudo: a password is required' });
    expect(await stop()).toMatchObject({
      ok: false,
      reason: 'could not look as wso2: exit code 1, sudo: a password is required',
    });
  });

  it('does not take a look that failed for an absence', async () => {
    const { stop, fake } = setUpControl();
    fake.parts = { pids: 2 };
    expect(await stop()).toMatchObject({ ok: false, reason: expect.stringContaining('could not look for the JVM') });
  });

  it('ends when the signal aborts', async () => {
    const { control, target, fake } = setUpControl();
    const aborting = new AbortController();
    fake.parts = running(701);
    fake.onAsk = () => aborting.abort(new Error('engine stops'));
    await expect(control.stop(target, BY_SCRIPT, aborting.signal)).rejects.toThrow('engine stops');
  });
});

describe('restart of a product', () => {
  it('does not start what did not stop', async () => {
    const { restart, fake } = setUpControl();
    fake.parts = running(701);
    expect(await restart()).toMatchObject({ ok: false });
    expect(fake.asked).toEqual(['stop']);
  });

  it('stops and starts', async () => {
    const { restart, fake } = setUpControl();
    fake.parts = running(701, 9_000);
    fake.onAsk = (verb) => {
      fake.parts = verb === 'stop' ? {} : { ...running(801), ...STARTED };
    };
    expect(await restart()).toEqual({ ok: true, note: 'is has started' });
    expect(fake.asked).toEqual(['stop', 'start']);
  });
});
