import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../../src/domain/actor.ts';
import type { AuditEvent } from '../../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../../src/services/inventory/inventory-service.ts';
import { createSignInService } from '../../../../src/services/sign-in/create-sign-in-service.ts';
import type { SignInService } from '../../../../src/services/sign-in/sign-in-service.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aWorld, theActor } from '../../../support/world.ts';
import { createMemoryWebSessions } from './memory-web-sessions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('createSignInService', () => {
  let people: readonly Actor[];
  let store: ReturnType<typeof createMemoryWebSessions>;
  let clock: ReturnType<typeof createFixedClock>;
  let logger: ReturnType<typeof createRecordingLogger>;
  let audited: AuditEvent[];
  let signIn: SignInService;

  const create = (baseUrl: string | undefined) => {
    let tokens = 0;
    const inventory = createInventoryService({ config: () => aWorld({ people }) });
    const newToken = () => `token-${tokens++}`;
    const audit = { append: async (event: AuditEvent) => void audited.push(event) };
    return createSignInService({ baseUrl, store, inventory, audit, newToken, clock, logger });
  };

  beforeEach(() => {
    people = aWorld().people;
    store = createMemoryWebSessions();
    clock = createFixedClock();
    logger = createRecordingLogger();
    audited = [];
    signIn = create('https://msops.example');
  });

  const tokenFor = async (who: 'alice' | 'dana', path = '/acme/prod') => {
    const { url } = await signIn.link(theActor(who), path);
    return url.split('/').at(-1)!;
  };
  const sessionOf = async (who: 'alice' | 'dana') => (await signIn.redeem(await tokenFor(who)))!.session;

  it('lets somebody in once by a link, and tells where to go', async () => {
    const { url, expiresAt } = await signIn.link(theActor('dana'), '/acme/prod');
    expect(url).toBe('https://msops.example/sign-in/token-0');
    expect(expiresAt).toEqual(new Date(clock.now().getTime() + 10 * MINUTE));
    const redeemed = await signIn.redeem('token-0');
    expect(redeemed?.path).toBe('/acme/prod');
    expect((await signIn.whoIs(redeemed!.session))?.id).toBe('T0ACME:U0DANA');
    expect(await signIn.redeem('token-0')).toBeUndefined();
  });

  it('lets one of many in who open the same link at once', async () => {
    const token = await tokenFor('alice');
    const tries = await Promise.all([signIn.redeem(token), signIn.redeem(token), signIn.redeem(token)]);
    expect(tries.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it('refuses a link after ten minutes', async () => {
    const token = await tokenFor('alice');
    clock.advance(10 * MINUTE);
    expect(await signIn.redeem(token)).toBeUndefined();
  });

  it('keeps no token, only hashes', async () => {
    const session = await sessionOf('alice');
    const kept = JSON.stringify([[...store.links], [...store.sessions]]);
    expect(kept).not.toContain('token-');
    expect(session).toBe('token-1');
    expect([...store.sessions.keys()][0]).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify([audited, logger.lines])).not.toContain('token-');
  });

  it('does not know a session by the token of its link', async () => {
    const token = await tokenFor('alice');
    await signIn.redeem(token);
    expect(await signIn.whoIs(token)).toBeUndefined();
    expect(await signIn.whoIs('')).toBeUndefined();
  });

  it('ends a session after an hour without a person, whatever its pages ask by themselves', async () => {
    const session = await sessionOf('alice');
    for (let minutes = 0; minutes < 59; minutes += 1) {
      clock.advance(MINUTE);
      expect(await signIn.whoIs(session, 'page')).toBeDefined();
    }
    clock.advance(MINUTE);
    expect(await signIn.whoIs(session, 'page')).toBeUndefined();
    expect(await signIn.whoIs(session)).toBeUndefined();
  });

  it('ends a session after eight hours, however busy it was', async () => {
    const session = await sessionOf('alice');
    for (let passed = 0; passed < 8 * HOUR - 30 * MINUTE; passed += 30 * MINUTE) {
      clock.advance(30 * MINUTE);
      expect(await signIn.whoIs(session)).toBeDefined();
    }
    clock.advance(30 * MINUTE);
    expect(await signIn.whoIs(session)).toBeUndefined();
  });

  it('puts somebody out who is taken off the configuration, at once', async () => {
    const session = await sessionOf('dana');
    const token = await tokenFor('dana');
    people = people.filter(({ id }) => id !== 'T0ACME:U0DANA');
    expect(await signIn.whoIs(session)).toBeUndefined();
    expect(await signIn.redeem(token)).toBeUndefined();
  });

  it('tells at each request what the person may do now', async () => {
    const session = await sessionOf('dana');
    people = people.map((one) =>
      one.id === 'T0ACME:U0DANA' ? { ...one, grants: [{ role: 'auditor', customers: ['acme'] }] } : one,
    );
    expect((await signIn.whoIs(session))?.grants).toEqual([{ role: 'auditor', customers: ['acme'] }]);
  });

  it('signs out one session and no other', async () => {
    const [one, other] = [await sessionOf('alice'), await sessionOf('alice')];
    await signIn.signOut(one);
    expect(await signIn.whoIs(one)).toBeUndefined();
    expect(await signIn.whoIs(other)).toBeDefined();
  });

  it('leads nowhere but to its own pages', async () => {
    for (const path of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\r\nset-cookie: x', '']) {
      expect((await signIn.redeem(await tokenFor('alice', path)))?.path).toBe('/');
    }
  });

  it('writes down who signed in and whose used link was tried again', async () => {
    const token = await tokenFor('dana');
    await signIn.redeem(token);
    await signIn.redeem(token);
    expect(audited.map(({ actor, action, result }) => [actor, action, result])).toEqual([
      ['T0ACME:U0DANA', 'web.sign_in', 'succeeded'],
      ['T0ACME:U0DANA', 'web.sign_in', 'denied'],
    ]);
  });

  it('does not let anybody fill the audit log with nonsense', async () => {
    expect(await signIn.redeem('made-up')).toBeUndefined();
    expect(audited).toEqual([]);
    expect(logger.lines.map(({ message }) => message)).toEqual(['Sign-in refused: there is no such link']);
  });

  it('says what to set when there are no web pages', async () => {
    const nowhere = create(undefined);
    await expect(nowhere.link(theActor('alice'), '/')).rejects.toMatchObject({
      message: expect.stringContaining('There are no web pages'),
      hint: expect.stringContaining('WEB_URL'),
    });
  });
});
