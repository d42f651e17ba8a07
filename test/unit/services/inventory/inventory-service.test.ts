import { describe, expect, it } from 'vitest';
import { type Actor, isSamePerson, toPerson } from '../../../../src/domain/actor.ts';
import { createInventoryService } from '../../../../src/services/inventory/inventory-service.ts';
import { aPerson, aWorld, channel, theActor } from '../../../support/world.ts';

const service = createInventoryService({ config: () => aWorld() });

describe('findActor', () => {
  it('finds people by workspace and user id', () => {
    expect(service.findActor('T0MERIDIAN:U0BOB')).toEqual(theActor('bob'));
  });

  it('gives an unknown person no grants', () => {
    expect(service.findActor('T0MERIDIAN:U0MALLORY')).toEqual({
      id: 'T0MERIDIAN:U0MALLORY',
      displayName: 'T0MERIDIAN:U0MALLORY',
      grants: [],
    });
  });

  it("cuts a wrong assignment of a customer's person down to their own company", () => {
    const world = aWorld({ people: [aPerson('T0ACME:U0DANA', { operator: 'all', approver: ['globex'] })] });
    const { grants } = createInventoryService({ config: () => world }).findActor('T0ACME:U0DANA');
    expect(grants).toEqual([{ role: 'operator', customers: ['acme'] }]);
  });

  describe('by another account of a person', () => {
    const carol: Actor = {
      ...aPerson('T0MERIDIAN:U0CAROL', { approver: 'all', operator: ['globex'] }),
      displayName: 'Carol',
      alsoKnownAs: ['T0ACME:U0GUEST', 'T0MERIDIAN:W0CAROL'],
    };
    const world = createInventoryService({ config: () => aWorld({ people: [theActor('bob'), carol] }) });

    it('gives the person with this account first and all others beside it', () => {
      expect(world.findActor('T0MERIDIAN:W0CAROL')).toEqual({
        ...carol,
        id: 'T0MERIDIAN:W0CAROL',
        alsoKnownAs: ['T0MERIDIAN:U0CAROL', 'T0ACME:U0GUEST'],
      });
      expect(world.findActor('T0MERIDIAN:U0CAROL')).toEqual(carol);
    });

    it('knows in every case that it is one human being', () => {
      const accounts = ['T0MERIDIAN:U0CAROL', 'T0ACME:U0GUEST', 'T0MERIDIAN:W0CAROL'] as const;
      const [first, ...others] = accounts.map((account) => toPerson(world.findActor(account)));
      expect(others.every((other) => isSamePerson(first!, other))).toBe(true);
      expect(isSamePerson(first!, toPerson(world.findActor('T0MERIDIAN:U0BOB')))).toBe(false);
    });

    it('gives in the workspace of a customer the roles for that customer alone', () => {
      const { grants } = world.findActor('T0ACME:U0GUEST');
      expect(grants).toEqual([{ role: 'approver', customers: ['acme'] }]);
    });

    it('does not know the same user id of a workspace that was not named', () => {
      expect(world.findActor('T0GLOBEX:U0GUEST').grants).toEqual([]);
    });

    it('lists the person once', () => {
      expect(world.people().map(({ id }) => id)).toEqual(['T0MERIDIAN:U0BOB', 'T0MERIDIAN:U0CAROL']);
    });
  });

  it('knows a person after the configuration was reloaded, and no longer one who was taken out', () => {
    let world = aWorld({ people: [] });
    const reloaded = createInventoryService({ config: () => world });
    expect(reloaded.findActor('T0MERIDIAN:U0BOB').grants).toEqual([]);
    world = aWorld();
    expect(reloaded.findActor('T0MERIDIAN:U0BOB').grants).not.toEqual([]);
  });
});

describe('reach', () => {
  const permission = 'audit.read';

  it('is everything for an auditor of all, but in a channel only what is bound to it', () => {
    const actor = theActor('erin');
    expect(service.reach({ actor, place: { kind: 'direct' }, permission })).toBe('all');
    expect(service.reach({ actor, place: channel('C0ACMEOPS'), permission })).toEqual(['acme']);
    expect(service.reach({ actor, place: channel('C0RANDOM'), permission })).toEqual([]);
  });

  it('is not everything when the role that grants it is for some customers', () => {
    const actor = aPerson('T0MERIDIAN:U0X', { operator: 'all', auditor: ['globex'] });
    expect(service.reach({ actor, place: { kind: 'direct' }, permission })).toEqual(['globex']);
  });

  it('is nothing without the permission', () => {
    expect(service.reach({ actor: theActor('alice'), place: { kind: 'direct' }, permission })).toEqual([]);
  });
});

describe('mayUse', () => {
  it('says in an unbound channel that it is not bound, and still lets known people ask for help', () => {
    const question = { actor: theActor('alice'), place: channel('C0RANDOM') };
    const decision = service.mayUse({ ...question, permission: 'host.read' });
    expect(decision.allowed ? '' : decision.reason).toMatch(/not bound to a customer/);
    expect(service.mayUse({ ...question, permission: undefined })).toEqual({ allowed: true });
  });
});

describe('select', () => {
  const request = { actor: theActor('alice'), place: channel('C0ACMEOPS'), permission: 'host.read' } as const;

  it('takes the short name where one customer is bound', () => {
    const { customer, environment, hosts } = service.select({ ...request, environment: 'prod' });
    expect([customer, environment.name, hosts.map(({ name }) => name)]).toEqual([
      'acme',
      'prod',
      ['apim-1', 'apim-2', 'Mi_1'],
    ]);
  });

  it('takes the named hosts, each once, in the order of the inventory', () => {
    const named = { ...request, environment: 'prod', hosts: ['mi_1', 'APIM-1', 'apim-1'] };
    expect(service.select(named).hosts.map(({ name }) => name)).toEqual(['apim-1', 'Mi_1']);
  });

  it('takes all hosts for an empty list', () => {
    expect(service.select({ ...request, environment: 'prod', hosts: [] }).hosts).toHaveLength(3);
  });

  it('finds the one customer of several that has such an environment', () => {
    const place = channel('C0OPSALL');
    expect(service.select({ ...request, place, environment: 'stage' }).customer).toBe('initech');
  });

  it('denies as a denial, so that the audit log can tell', () => {
    const place = channel('C0RANDOM');
    expect(() => service.select({ ...request, place, environment: 'prod' })).toThrow(
      expect.objectContaining({ name: 'DeniedError' }),
    );
  });
});
