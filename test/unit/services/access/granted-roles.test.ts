import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../../src/domain/actor.ts';
import { toPerson } from '../../../../src/domain/actor.ts';
import { checkPermission } from '../../../../src/domain/permission.ts';
import type { Grant } from '../../../../src/services/access/grant.ts';
import { createGrantedRoles } from '../../../../src/services/access/granted-roles.ts';
import { withGrantedRoles } from '../../../../src/services/access/with-granted-roles.ts';
import { createInventoryService } from '../../../../src/services/inventory/inventory-service.ts';
import { CAST, HOUR_MS } from '../../../support/access-world.ts';
import { NOW } from '../../../support/builders.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aWorld, channel } from '../../../support/world.ts';

const VIEWER: Actor = { ...CAST.dana, grants: [{ role: 'asker', customers: ['acme'] }] };

function aWorldWith(people: readonly Actor[]) {
  const world = aWorld({ people });
  return { ...world, roles: { ...world.roles, asker: ['access.request' as const] } };
}

function aGrant(overrides: Partial<Grant> = {}): Grant {
  return {
    ...{ id: 'g7kq2m9x', customer: 'acme', environment: 'prod', person: toPerson(CAST.dana), userId: 'U0DANA' },
    ...{ team: 'T0ACME', wish: { kinds: ['dashboard', 'logs'] }, until: new Date(NOW.getTime() + HOUR_MS) },
    ...{ reason: 'Look at it', approvalId: 'g7kq2m9x-1', channels: [], state: 'active', requestedAt: NOW },
    ...overrides,
  };
}
/** Whether somebody may look at the dashboard of a customer. */
function mayLook(
  grant: Partial<Grant>,
  options: { account?: Actor['id']; people?: Actor[]; customer?: string; now?: Date } = {},
) {
  const { account = CAST.dana.id, people = [VIEWER, CAST.gus], customer = 'acme', now = NOW } = options;
  const config = withGrantedRoles(aWorldWith(people), [aGrant(grant)], now);
  const actor = createInventoryService({ config: () => config }).findActor(account);
  return checkPermission({ actor, permission: 'metric.read', customer }, config.roles).allowed;
}

describe('withGrantedRoles', () => {
  it('lets the person look, and nobody else, for that customer alone', () => {
    expect(mayLook({})).toBe(true);
    expect(mayLook({}, { account: CAST.gus.id })).toBe(false);
    expect(mayLook({}, { customer: 'globex' })).toBe(false);
    expect(mayLook({ wish: { kinds: ['logs', 'linux'] } })).toBe(false);
  });

  it('gives back the very configuration when nothing is granted', () => {
    const config = aWorld();
    expect(withGrantedRoles(config, [], NOW)).toBe(config);
    expect(withGrantedRoles(config, [aGrant({ state: 'ending' })], NOW)).toBe(config);
  });

  it.each(['requested', 'granting', 'ending', 'ended', 'rejected'] as const)('counts nothing that is %s', (state) => {
    expect(mayLook({ state })).toBe(false);
  });

  it('counts until its end, and not when somebody wants it to end', () => {
    const end = aGrant().until.getTime();
    expect(mayLook({}, { now: new Date(end - 1) })).toBe(true);
    expect(mayLook({}, { now: new Date(end) })).toBe(false);
    expect(mayLook({ endWish: { why: 'revoked', at: NOW } })).toBe(false);
  });

  it('knows the person by any of their accounts in that workspace', () => {
    const both: Actor = { ...VIEWER, id: 'T0ACME:W0DANA', alsoKnownAs: ['T0ACME:U0DANA'] };
    expect(mayLook({}, { people: [both], account: 'T0ACME:W0DANA' })).toBe(true);
    expect(mayLook({}, { people: [both], account: 'T0ACME:U0DANA' })).toBe(true);
  });

  it.each<[string, Actor[]]>([
    ['is not in the configuration any more', [CAST.gus]],
    ['has moved to another workspace', [{ ...VIEWER, id: 'T0GLOBEX:U0DANA' }]],
    ['has the same name as somebody', [{ ...VIEWER, id: 'T0ACME:U0DAVE' }]],
    ['may not ask for it any more', [{ ...VIEWER, grants: [{ role: 'auditor', customers: ['acme'] }] }]],
  ])('gives nothing to a person who %s', (_what, people) => {
    expect(people.some(({ id }) => mayLook({}, { people, account: id }))).toBe(false);
    expect(mayLook({}, { people })).toBe(false);
  });

  it('gives nothing when the workspace is not the one of that customer any more', () => {
    expect(mayLook({ team: 'T0OTHER' })).toBe(false);
    expect(mayLook({ customer: 'globex' }, { customer: 'globex' })).toBe(false);
    expect(mayLook({ customer: 'initech' }, { customer: 'initech' })).toBe(false);
  });

  it('has roles that a denial never speaks of', () => {
    const config = withGrantedRoles(aWorld({ people: [VIEWER, CAST.gus] }), [aGrant()], NOW);
    const inventory = createInventoryService({ config: () => config });
    const denied = (actor: Actor) =>
      inventory.mayUse({ actor, place: channel('C0GLOBEXOPS'), permission: 'metric.read' });
    expect(denied(inventory.findActor(CAST.gus.id))).toEqual({
      allowed: false,
      reason: expect.stringContaining('a role that nobody has yet'),
    });
    expect(JSON.stringify(denied(inventory.findActor(CAST.gus.id)))).not.toContain('*:');
  });
});

describe('createGrantedRoles', () => {
  it('shows the newest answer, whichever comes last, and nothing while the store is away', async () => {
    const answers: ((grants: readonly Grant[]) => void)[] = [];
    const store = { open: () => new Promise<readonly Grant[]>((resolve) => answers.push(resolve)) };
    const roles = createGrantedRoles({ store, logger: createRecordingLogger() });
    const [first, second] = [roles.refresh(), roles.refresh()];
    answers[1]?.([]);
    await second;
    answers[0]?.([aGrant()]);
    await first;
    expect(roles.current()).toEqual([]);

    const third = roles.refresh();
    answers[2]?.([aGrant()]);
    await third;
    expect(roles.current()).toEqual([aGrant()]);
    store.open = () => Promise.reject(new Error('the store is away'));
    await roles.refresh();
    expect(roles.current()).toEqual([]);
  });
});
