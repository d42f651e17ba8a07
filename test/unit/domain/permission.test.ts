import { describe, expect, it } from 'vitest';
import type { CustomerScope } from '../../../src/domain/actor.ts';
import { checkPermission, type RoleTable } from '../../../src/domain/permission.ts';

const ROLES: RoleTable = { operator: ['host.read', 'inventory.read'], auditor: ['audit.read', 'inventory.read'] };

function decide(role: string, customers: CustomerScope, customer?: string) {
  const actor = { id: 'T0:U0' as const, displayName: 'Somebody', grants: [{ role, customers }] };
  return checkPermission({ actor, permission: 'host.read', customer }, ROLES);
}

describe('checkPermission', () => {
  it('allows what a role grants, for the customers of the grant', () => {
    expect(decide('operator', 'all', 'acme')).toEqual({ allowed: true });
    expect(decide('operator', ['globex', 'acme'], 'acme')).toEqual({ allowed: true });
  });

  it('denies another customer and says which role would be needed', () => {
    expect(decide('operator', ['globex'], 'acme')).toEqual({
      allowed: false,
      reason: '`host.read` needs the role *operator* here. Whoever runs msops can give it to you.',
    });
  });

  it.each([
    ['a role without the permission', 'auditor', 'all'],
    ['an unknown role', 'ghost', 'all'],
    ['a name that every object has', 'constructor', 'all'],
    ['an empty list of customers', 'operator', []],
  ] as const)('denies %s', (_what, role, customers) => {
    expect(decide(role, customers, 'acme').allowed).toBe(false);
    expect(decide(role, customers).allowed).toBe(false);
  });

  it('allows "for any customer at all" with one customer', () => {
    expect(decide('operator', ['globex'])).toEqual({ allowed: true });
  });

  it('does not add the role of one grant to the customers of another', () => {
    const grants = [
      { role: 'operator', customers: ['globex'] },
      { role: 'auditor', customers: ['acme'] },
    ];
    const actor = { id: 'T0:U0' as const, displayName: 'Somebody', grants };
    expect(checkPermission({ actor, permission: 'host.read', customer: 'acme' }, ROLES).allowed).toBe(false);
  });

  it('tells somebody without grants that they are not known', () => {
    const actor = { id: 'T0:U0' as const, displayName: 'Somebody', grants: [] };
    const decision = checkPermission({ actor, permission: 'host.read', customer: 'acme' }, ROLES);
    expect(decision).toEqual({ allowed: false, reason: expect.stringContaining('I do not know you') });
  });

  it('has words for a permission that no role grants', () => {
    const actor = {
      id: 'T0:U0' as const,
      displayName: 'Somebody',
      grants: [{ role: 'operator', customers: 'all' as const }],
    };
    const decision = checkPermission({ actor, permission: 'access_path.check', customer: 'acme' }, ROLES);
    expect(decision).toEqual({ allowed: false, reason: expect.stringContaining('a role that nobody has yet') });
  });
});
