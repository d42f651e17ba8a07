import { describe, expect, it } from 'vitest';
import type { Place } from '../../../../src/domain/place.ts';
import { createInventoryService } from '../../../../src/services/inventory/inventory-service.ts';
import { aPerson, aWorld, channel, type KnownPerson, theActor } from '../../../support/world.ts';

const DOORS: Readonly<Record<string, Place>> = {
  'acme-ops': channel('C0ACMEOPS'),
  'globex-ops': channel('C0GLOBEXOPS'),
  'ops-all': channel('C0OPSALL'),
  'acme-shared': channel('C0ACMESHARED'),
  'globex-shared': channel('C0GLOBEXSHARED'),
  random: channel('C0RANDOM'),
  direct: { kind: 'direct' },
  home: { kind: 'home' },
  web: { kind: 'web' },
};

const A = ['acme/prod', 'acme/dev'];
const G = ['globex/prod'];
const I = ['initech/prod', 'initech/stage'];

/** What each person sees behind each door. A door that is not named shows nothing. */
const SEEN: Readonly<Record<KnownPerson, Readonly<Record<string, readonly string[]>>>> = {
  alice: {
    'acme-ops': A,
    'globex-ops': G,
    'ops-all': [...A, ...G, ...I],
    'acme-shared': A,
    'globex-shared': G,
    direct: [...A, ...G, ...I],
    home: [...A, ...G, ...I],
    web: [...A, ...G, ...I],
  },
  bob: { 'acme-ops': A, 'ops-all': A, 'acme-shared': A, direct: A, home: A, web: A },
  carol: {
    'acme-ops': A,
    'globex-ops': G,
    'ops-all': [...A, ...G, ...I],
    'acme-shared': A,
    'globex-shared': G,
    direct: [...A, ...G, ...I],
    home: [...A, ...G, ...I],
    web: [...A, ...G, ...I],
  },
  erin: {
    'acme-ops': A,
    'globex-ops': G,
    'ops-all': [...A, ...G, ...I],
    'acme-shared': A,
    'globex-shared': G,
    direct: [...A, ...G, ...I],
    home: [...A, ...G, ...I],
    web: [...A, ...G, ...I],
  },
  dana: { 'acme-ops': A, 'ops-all': A, 'acme-shared': A, direct: A, home: A, web: A },
  gus: { 'globex-ops': G, 'ops-all': G, 'globex-shared': G, direct: G, home: G, web: G },
};

const service = createInventoryService({ config: () => aWorld() });

describe('door × role', () => {
  const cells = Object.entries(SEEN).flatMap(([who, seen]) =>
    Object.entries(DOORS).map(([door, place]) => ({ who: who as KnownPerson, door, place, seen: seen[door] ?? [] })),
  );

  it.each(cells)('$who in $door sees $seen', ({ who, place, seen }) => {
    const visible = service.visibleEnvironments({ actor: theActor(who), place });
    expect(visible.map(({ customer, name }) => `${customer}/${name}`)).toEqual(seen);
  });

  it.each(cells)('$who in $door selects what they see and nothing else', ({ who, place, seen }) => {
    const permission = 'inventory.read';
    for (const environment of [...A, ...G, ...I]) {
      const request = { actor: theActor(who), place, permission, environment } as const;
      if (seen.includes(environment)) {
        const { customer, environment: found } = service.select(request);
        expect(`${customer}/${found.name}`).toBe(environment);
      } else {
        expect(() => service.select(request)).toThrow();
      }
    }
  });

  it.each(Object.entries(DOORS))('somebody unknown sees nothing in %s and is told so', (_door, place) => {
    const actor = service.findActor('T0MERIDIAN:U0MALLORY');
    expect(service.visibleEnvironments({ actor, place })).toEqual([]);
    const request = { actor, place, permission: 'host.read', environment: 'prod' } as const;
    expect(() => service.select(request)).toThrow(/I do not know you/);
    expect(service.mayUse({ actor, place, permission: undefined }).allowed).toBe(false);
  });
});

describe('permission by door', () => {
  const PERMITTED: Readonly<Record<KnownPerson, readonly string[]>> = {
    alice: ['host.read', 'inventory.read', 'access_path.check', 'patch.plan'],
    bob: ['host.read', 'inventory.read', 'access_path.check', 'patch.plan'],
    carol: ['host.read', 'inventory.read', 'patch.plan'],
    erin: ['inventory.read', 'audit.read'],
    dana: ['host.read', 'inventory.read'],
    gus: [],
  };
  const permissions = ['host.read', 'inventory.read', 'access_path.check', 'audit.read', 'patch.plan'] as const;

  it.each(Object.entries(PERMITTED))('%s may use %s in the shared channel of acme', (who, permitted) => {
    const question = { actor: theActor(who as KnownPerson), place: channel('C0ACMESHARED') };
    const allowed = permissions.filter((permission) => service.mayUse({ ...question, permission }).allowed);
    expect(allowed).toEqual(permitted);
  });

  it('names the missing role and no customer', () => {
    const place = channel('C0ACMEOPS');
    const decision = service.mayUse({ actor: theActor('carol'), place, permission: 'access_path.check' });
    expect(decision).toEqual({
      allowed: false,
      reason: '`access_path.check` needs the role *operator* here. Whoever runs msops can give it to you.',
    });
  });

  it('lists by another permission what may be seen with that one', () => {
    const place = DOORS.web!;
    const roles = { ...aWorld().roles, watcher: ['metric.read'] } as const;
    const world = createInventoryService({ config: () => aWorld({ roles }) });
    const watcher = aPerson('T0MERIDIAN:U0X', { watcher: ['globex'] });
    const seen = world.visibleEnvironments({ actor: watcher, place, permission: 'metric.read' });
    expect(seen.map(({ customer, name }) => `${customer}/${name}`)).toEqual(G);
    expect(world.visibleEnvironments({ actor: watcher, place })).toEqual([]);
    expect(world.visibleEnvironments({ actor: theActor('gus'), place, permission: 'metric.read' })).toEqual([]);
  });

  it('refuses an environment that may be listed but not checked', () => {
    const request = { actor: theActor('erin'), place: DOORS.direct!, permission: 'host.read' } as const;
    expect(() => service.select({ ...request, environment: 'acme/prod' })).toThrow(/needs the role/);
  });

  it('allows nothing to a role that is not in the table, or that has no permissions', () => {
    const place = DOORS.direct!;
    for (const role of ['ghost', 'empty']) {
      const actor = aPerson('T0MERIDIAN:U0X', { [role]: 'all' });
      const world = createInventoryService({ config: () => aWorld({ roles: { empty: [] } }) });
      expect(world.mayUse({ actor, place, permission: 'host.read' }).allowed).toBe(false);
      expect(world.visibleEnvironments({ actor, place })).toEqual([]);
    }
  });
});

describe('people of other workspaces', () => {
  it('are refused in a shared channel, whatever roles they were given', () => {
    const actor = aPerson('T0GLOBEX:U0GUS', { customer: ['acme', 'globex'] });
    const request = { actor, place: channel('C0ACMESHARED'), permission: 'host.read', environment: 'prod' } as const;
    expect(() => service.select(request)).toThrow(/our own people and those of the customer/);
    expect(service.mayUse({ actor, place: request.place, permission: undefined }).allowed).toBe(false);
  });

  it('see their own company alone, whatever roles they were given', () => {
    const actor = aPerson('T0ACME:U0DANA', { operator: 'all' });
    const seen = service.visibleEnvironments({ actor, place: { kind: 'direct' } });
    expect(new Set(seen.map(({ customer }) => customer))).toEqual(new Set(['acme']));
    expect(service.reach({ actor, place: { kind: 'direct' }, permission: 'host.read' })).toEqual(['acme']);
  });

  it('see nothing when their workspace belongs to nobody', () => {
    const actor = aPerson('T0ELSE:U0EVE', { operator: 'all' });
    expect(service.visibleEnvironments({ actor, place: { kind: 'home' } })).toEqual([]);
  });

  it('are somebody else than the person with the same user id of our own workspace', () => {
    expect(service.findActor('T0ACME:U0ALICE').grants).toEqual([]);
    expect(service.findActor('unknown:U0ALICE').grants).toEqual([]);
  });
});
