import { describe, expect, it } from 'vitest';
import type { HostReport } from '../../../../src/domain/host-report.ts';
import type { Alert } from '../../../../src/services/alerts/alert.ts';
import { aLostReport, aReport, aSample } from '../../../support/builders.ts';
import { theActor } from '../../../support/world.ts';
import { type AlertWorld, aDisk, anAlertWorld, aWatched, MINUTE } from './alert-world.ts';

const HOSTS = ['apim-1', 'apim-2', 'mi-1'];
const atBastion = (host: string): HostReport => aLostReport(host, { hop: 'bastion-1', role: 'bastion' });
const down = (host: string): HostReport => aLostReport(host, { hop: host, role: 'host' });
const texts = (world: AlertWorld): readonly string[] => Object.values(world.shown());

async function suppressedOf({ deps }: AlertWorld, host: string): Promise<readonly string[]> {
  const { alerts } = await deps.store.board('acme', 'prod');
  return alerts
    .filter((alert) => alert.host === host)
    .map(({ signal, suppressed }) => `${signal} ${reasonOf(suppressed) ?? 'told'}`);
}

function reasonOf(suppressed: Alert['suppressed']): string | undefined {
  return typeof suppressed === 'object' ? suppressed.text : suppressed;
}

describe('a bastion that is down', () => {
  it('is one alert, and none for the hosts behind it', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(10, () => HOSTS.map(atBastion));
    expect(texts(world)).toEqual(['access_path, bastion-1 critical, ops']);
    expect(await suppressedOf(world, 'mi-1')).toEqual(['reachability bastion-1 is down']);
  });

  it('is one alert also when the hosts are asked one after the other', async () => {
    const world = anAlertWorld(HOSTS);
    for (let round = 0; round < 30; round += 1) {
      await world.observe(atBastion(HOSTS[round % 3]!));
      world.clock.advance(MINUTE / 3);
    }
    expect(texts(world)).toEqual(['access_path, bastion-1 critical, ops']);
  });

  it('tells no host that was not asked yet when it can be passed again', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(5, () => HOSTS.map(atBastion));
    for (const host of HOSTS) {
      await world.observe(aReport(host));
      world.clock.advance(MINUTE / 3);
    }
    await world.keepObserving(3, () => HOSTS.map((host) => aReport(host)));
    expect(world.puts.filter(({ message: { text } }) => text.startsWith('reachability'))).toEqual([]);
    expect(texts(world)).toEqual(['access_path, over, ops', 'fired: ; worsened: ; ended: bastion-1']);
    expect((await world.deps.store.board('acme', 'prod')).alerts).toEqual([]);
  });

  it('tells the host that stays away when it can be passed again', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(5, () => HOSTS.map(atBastion));
    await world.keepObserving(4, () => [aReport('apim-1'), aReport('apim-2'), down('mi-1')]);
    expect(texts(world)).toContain('reachability, mi-1 critical, ops');
  });

  it('leaves a host that was told before in its message, until it is asked again', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(4, () => [aReport('apim-1'), aReport('apim-2'), down('mi-1')]);
    await world.keepObserving(4, () => HOSTS.map(atBastion));
    await world.keepObserving(2, () => [aReport('apim-1')]);
    expect(texts(world)).toContain('reachability, mi-1 critical, ops');
    await world.keepObserving(2, () => [aReport('mi-1')]);
    expect(texts(world)).toContain('reachability, over, ops');
  });

  it('is not what is told when one host alone fails at it', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(5, () => [aReport('apim-1'), aReport('apim-2'), atBastion('mi-1')]);
    expect(texts(world)).toEqual(['reachability, mi-1 critical, ops']);
  });

  it('is told though a host is not checked at all', async () => {
    const world = anAlertWorld(HOSTS);
    for (let minute = 0; minute < 4; minute += 1) {
      const missing = [{ host: 'mi-1', text: 'not checked since 03:12' }];
      await world.alerts.observe(world.environment, { reports: [atBastion('apim-1'), atBastion('apim-2')], missing });
      world.clock.advance(MINUTE);
    }
    expect(texts(world)).toContain('access_path, bastion-1 critical, ops');
  });
});

describe('a tunnel and a bastion behind it', () => {
  it('are not confused', async () => {
    const vpn = { kind: 'wireguard', interface: 'wg-acme', maxHandshakeAgeSeconds: 180 } as const;
    const plain = aWatched(HOSTS);
    const world = anAlertWorld(HOSTS, { environment: { ...plain, accessPath: { ...plain.accessPath, vpn } } });
    await world.keepObserving(4, () =>
      HOSTS.map((host) => aLostReport(host, { kind: 'vpn_down', hop: 'wg-acme', role: 'vpn' })),
    );
    expect(texts(world)).toEqual(['access_path, wg-acme critical, ops']);
  });
});

describe('a host that is down', () => {
  it('suppresses what else is wrong with it, and that alone', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(2, () => [aDisk('mi-1', 95), aDisk('apim-1', 95)]);
    await world.keepObserving(4, () => [down('mi-1'), aDisk('apim-1', 95)]);
    expect(texts(world)).toEqual(['disk, apim-1 critical, ops', 'reachability, mi-1 critical, ops']);
    expect(await suppressedOf(world, 'mi-1')).toEqual(['disk host is down', 'reachability told']);
  });

  it('lets the rest of it be told afterwards, counting only the time in which it was read', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(2, () => [aDisk('mi-1', 95)]);
    await world.keepObserving(10, () => [down('mi-1')]);
    await world.observe(aDisk('mi-1', 95));
    expect(texts(world).filter((text) => text.startsWith('disk'))).toEqual([]);
    world.clock.advance(MINUTE);
    await world.observe(aDisk('mi-1', 95));
    expect(texts(world).filter((text) => text.startsWith('disk'))).toEqual(['disk, mi-1 critical, ops']);
  });

  it('has no alert of a filesystem that is mounted no more, as far as all could be read', async () => {
    const world = anAlertWorld(HOSTS);
    const onVar = { mount: '/var', usedPercent: 95, inodesUsedPercent: 5, totalBytes: 1, readOnly: false };
    const { filesystems = [] } = aSample();
    const report = (sample: object) => [aReport('mi-1', { sample: aSample(sample) })];
    await world.keepObserving(3, () => report({ filesystems: [...filesystems, onVar] }));
    await world.keepObserving(4, () => report({ gaps: ['df got no answer from a filesystem'] }));
    expect(texts(world)).toEqual(['disk, mi-1 critical, ops']);
    await world.keepObserving(2, () => report({}));
    expect(texts(world)[0]).toBe('disk, over, ops');
  });

  it('ends with its last alert when it leaves the inventory', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(4, () => [down('mi-1')]);
    await world.alerts.observe(aWatched(['apim-1']), { reports: [aReport('apim-1')], missing: [] });
    expect(texts(world)[0]).toBe('reachability, over, ops');
  });
});

describe('maintenance of a rollout', () => {
  it('holds back the alerts of its host until it is over', async () => {
    const world = anAlertWorld(HOSTS);
    const place = { customer: 'acme', environment: 'prod', host: 'mi-1' };
    world.maintenances.push({ ...place, owner: '7kq2m9xd', reason: 'patch', until: new Date('2099-01-01') });
    await world.keepObserving(5, () => [aDisk('mi-1', 95)]);
    expect(world.puts).toEqual([]);
    expect(await suppressedOf(world, 'mi-1')).toEqual(['disk maintenance of rollout 7kq2m9xd']);

    world.maintenances.length = 0;
    await world.observe(aDisk('mi-1', 95));
    expect(texts(world)).toEqual(['disk, mi-1 critical, ops']);
  });

  it('of another customer or host changes nothing', async () => {
    const world = anAlertWorld(HOSTS);
    const place = { customer: 'globex', environment: 'prod', host: 'mi-1' };
    world.maintenances.push({ ...place, owner: '7kq2m9xd', reason: 'patch', until: new Date('2099-01-01') });
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    expect(texts(world)).toEqual(['disk, mi-1 critical, ops']);
  });
});

describe('a silence', () => {
  const request = (world: AlertWorld, overrides: object = {}) => ({
    ...{ id: 's-1', actor: theActor('alice'), environment: world.environment, reason: 'disk is being grown' },
    until: new Date(world.clock.now().getTime() + 10 * MINUTE),
    ...overrides,
  });

  it('keeps what would fire back until it ends by itself', async () => {
    const world = anAlertWorld(HOSTS);
    await world.alerts.silence(request(world, { host: 'mi-1', signal: 'disk' }));
    await world.keepObserving(10, () => [aDisk('mi-1', 95)]);
    expect(world.puts).toEqual([]);
    await world.observe(aDisk('mi-1', 95));
    expect(texts(world)).toEqual(['disk, mi-1 critical, ops']);
  });

  it('shows at once in the message of what fires, and tells no end of it in the thread', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(3, () => [aDisk('mi-1', 95)]);
    await world.alerts.silence(request(world));
    expect(texts(world)).toEqual(['disk, mi-1 critical quiet, ops, silence']);
    await world.keepObserving(3, () => [aDisk('mi-1', 30)]);
    expect(texts(world)).toEqual(['disk, over, ops']);
  });

  it('tells what got worse meanwhile when somebody ends it', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(6, () => [aDisk('mi-1', 85)]);
    await world.alerts.silence(request(world));
    await world.keepObserving(4, () => [aDisk('mi-1', 95)]);
    expect(texts(world)).toEqual(['disk, mi-1 warning quiet, ops, silence']);
    await world.alerts.endSilence('s-1', theActor('bob'), 'all');
    expect(texts(world)).toEqual(['disk, mi-1 critical, ops', 'fired: ; worsened: mi-1; ended: ']);
  });

  it('puts what it holds back after everything that somebody is told of', async () => {
    const world = anAlertWorld(HOSTS);
    await world.keepObserving(4, () => [down('mi-1')]);
    await world.alerts.silence(request(world, { signal: 'reachability' }));
    await world.keepObserving(6, () => [down('mi-1'), aDisk('apim-2', 85)]);
    const shown = (await world.alerts.open('all')).map(({ signal, alerts: [first] }) => [signal, first?.severity]);
    expect(shown).toEqual([
      ['disk', 'warning'],
      ['reachability', 'critical'],
    ]);
  });

  it.each([
    [{ reason: '  ' }, /needs a reason/],
    [{ until: new Date('2020-01-01') }, /over already/],
    [{ until: new Date('2026-03-08T03:00:01Z') }, /7 days/],
  ])('is refused with %o', async (overrides, message) => {
    const world = anAlertWorld(HOSTS);
    await expect(world.alerts.silence(request(world, overrides))).rejects.toThrow(message);
    expect(world.audit).toEqual([]);
  });

  it('is made once for the same click, and ended once, by whoever may', async () => {
    const world = anAlertWorld(HOSTS);
    await world.alerts.silence(request(world));
    await world.alerts.silence(request(world, { reason: 'another' }));
    expect(await world.alerts.silences(['acme'])).toMatchObject([{ reason: 'disk is being grown' }]);
    expect(await world.alerts.silences(['globex'])).toEqual([]);
    expect(await world.alerts.silences('all', 'stage')).toEqual([]);

    await expect(world.alerts.endSilence('s-1', theActor('bob'), ['globex'])).rejects.toThrow('is over');
    await world.alerts.endSilence('s-1', theActor('bob'), ['acme']);
    await expect(world.alerts.endSilence('s-1', theActor('bob'), ['acme'])).rejects.toThrow('is over');
    expect(world.audit.map(({ action, actorName }) => `${action} ${actorName}`)).toEqual([
      `alert.silenced ${theActor('alice').displayName}`,
      `silence.ended ${theActor('bob').displayName}`,
    ]);
  });
});
