import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/actor.ts';
import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { Logger } from '../../domain/logger.ts';
import { shortId } from '../../domain/short-id.ts';
import type { AuditEvent, AuditLog } from '../audit/ports.ts';
import type { InventoryService } from '../inventory/inventory-service.ts';
import type { NewToken, WebSessionStore } from './ports.ts';
import { isAlive, isOwnPath, isWorthTouching, LINK_GOOD_MS, SESSION_GOOD_MS } from './session-rules.ts';
import type { SignInService } from './sign-in-service.ts';

export interface SignInDeps {
  /** Public address of the web pages, from its root; `undefined`: there are none. */
  readonly baseUrl: string | undefined;
  readonly store: WebSessionStore;
  readonly inventory: Pick<InventoryService, 'findActor'>;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly newToken: NewToken;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Attempt = Pick<AuditEvent, 'result' | 'reason'>;

export function createSignInService(deps: SignInDeps): SignInService {
  const { store, inventory, clock } = deps;

  async function record(actor: Actor, hash: string, attempt: Attempt): Promise<void> {
    const who = { actor: actor.id, actorName: actor.displayName };
    await deps.audit.append({ ...who, ...attempt, action: 'web.sign_in', requestId: `link-${shortId(hash)}` });
  }

  /** Anybody can send nonsense, so only links that were once real get an entry that is kept for ever. */
  async function refuse(hash: string): Promise<undefined> {
    const owner = await store.ownerOfLink(hash);
    if (owner === undefined) {
      deps.logger.warn('Sign-in refused: there is no such link');
      return;
    }
    await record(inventory.findActor(owner), hash, { result: 'denied', reason: 'the link was used, or is too old' });
  }

  async function begin(actor: Actor): Promise<{ session: string; expiresAt: Date }> {
    const session = deps.newToken();
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_GOOD_MS);
    await store.begin({ hash: hashOf(session), person: actor.id, begunAt: now, seenAt: now, expiresAt });
    return { session, expiresAt };
  }

  return {
    async link(actor, path) {
      if (deps.baseUrl === undefined) {
        throw new UserError('There are no web pages: the setting WEB_URL is missing.', {
          hint: 'Whoever runs msops sets `WEB_URL` to the address at which people reach it, and starts it again.',
        });
      }
      const token = deps.newToken();
      const expiresAt = new Date(clock.now().getTime() + LINK_GOOD_MS);
      await store.saveLink({ hash: hashOf(token), person: actor.id, path: isOwnPath(path) ? path : '/', expiresAt });
      return { url: new URL(`/sign-in/${token}`, deps.baseUrl).href, expiresAt };
    },

    async redeem(token) {
      const hash = hashOf(token);
      const link = await store.spendLink(hash, clock.now());
      if (link === undefined) {
        return refuse(hash);
      }
      const actor = inventory.findActor(link.person);
      if (!isSomebody(actor)) {
        await record(actor, hash, { result: 'denied', reason: 'the person is not in the configuration any more' });
        return;
      }
      const begun = await begin(actor);
      await record(actor, hash, { result: 'succeeded' });
      return { ...begun, path: link.path };
    },

    async whoIs(session, askedBy = 'person') {
      const now = clock.now();
      const found = await store.find(hashOf(session));
      if (found === undefined || !isAlive(found, now)) {
        return;
      }
      const actor = inventory.findActor(found.person);
      if (!isSomebody(actor)) {
        return;
      }
      if (askedBy === 'person' && isWorthTouching(found, now)) {
        await store.touch(found.hash, now);
      }
      return actor;
    },

    signOut: (session) => store.end(hashOf(session), clock.now()),
  };
}

function isSomebody({ grants }: Actor): boolean {
  return grants.length > 0;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
