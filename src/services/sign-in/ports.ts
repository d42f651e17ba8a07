import type { PersonId } from '../../domain/actor.ts';

/** Links and sessions of the web pages. Knows tokens by their SHA-256 alone, as 64 hex digits. */
export interface WebSessionStore {
  saveLink(link: StoredLink): Promise<void>;
  /** Uses a link up, for one caller only. `undefined`: unknown, used, or too old. */
  spendLink(hash: string, now: Date): Promise<Pick<StoredLink, 'person' | 'path'> | undefined>;
  /** Whose link it is or was; `undefined` when there never was one, or not any more. */
  ownerOfLink(hash: string): Promise<PersonId | undefined>;
  begin(session: StoredSession): Promise<void>;
  /** One that was not ended. Its times are for the caller to judge. */
  find(hash: string): Promise<StoredSession | undefined>;
  /** Remembers that it was used. */
  touch(hash: string, now: Date): Promise<void>;
  end(hash: string, now: Date): Promise<void>;
}

export interface StoredLink {
  readonly hash: string;
  readonly person: PersonId;
  readonly path: string;
  readonly expiresAt: Date;
}

export interface StoredSession {
  readonly hash: string;
  readonly person: PersonId;
  readonly begunAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** A new secret that nobody can guess: 256 random bits as 43 characters of base64url. */
export type NewToken = () => string;
