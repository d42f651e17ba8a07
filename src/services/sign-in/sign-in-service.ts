import type { Actor } from '../../domain/actor.ts';

/** Lets people of Slack into the web pages: a personal link that works once, then a session. */
export interface SignInService {
  /**
   * @param path Where it leads after the sign-in, from the root: `/acme/prod`.
   * @returns an address that works once, within 10 minutes, for whoever opens it: so it is shown to this person alone.
   * @throws {UserError} when there are no web pages.
   */
  link(actor: Actor, path: string): Promise<{ readonly url: string; readonly expiresAt: Date }>;
  /** Uses a link up. `undefined`: it is unknown, used, too old, or of somebody who is nobody any more. */
  redeem(
    token: string,
  ): Promise<{ readonly session: string; readonly path: string; readonly expiresAt: Date } | undefined>;
  /**
   * Who this is as the configuration says now; `undefined` when the session is over or the person is gone.
   * @param askedBy a page that keeps itself up to date does not keep the session from being idle.
   */
  whoIs(session: string, askedBy?: 'person' | 'page'): Promise<Actor | undefined>;
  signOut(session: string): Promise<void>;
}
