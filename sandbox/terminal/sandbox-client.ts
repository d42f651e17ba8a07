import type { PersonView } from '../slack/http/person-view.ts';
import type { Outcome } from '../slack/human/outcome.ts';

/** The sandbox was asked for something that it cannot do, or it does not answer. The message is a sentence. */
export class SandboxError extends Error {
  override name = 'SandboxError';
}

/** A sandbox that runs somewhere on this machine, over its HTTP interface for people. */
export interface SandboxClient {
  act(name: string, body: Readonly<Record<string, unknown>>): Promise<Outcome>;
  see(as: string, channel: string | undefined): Promise<PersonView>;
  /** Resolves false when the bot was not quiet in time. */
  settled(forMs: number, timeoutMs: number): Promise<boolean>;
}

/** @param url of its page, without a slash at the end */
export function createSandboxClient(url: string): SandboxClient {
  async function ask<Answer>(path: string, options: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${url}${path}`, options).catch((error: unknown) => {
      throw new SandboxError(`No sandbox answers at ${url}. Start one with npm run sandbox.`, { cause: error });
    });
    if (!response.ok) {
      const { error } = (await response.json()) as { error?: string };
      throw new SandboxError(error ?? `The sandbox answered ${response.status}.`);
    }
    return (await response.json()) as Answer;
  }

  return {
    act: (name, body) =>
      ask(`/sandbox/act/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    see: (as, channel) =>
      ask(`/sandbox/state?${new URLSearchParams({ as, ...(channel === undefined ? {} : { channel }) })}`),
    async settled(forMs, timeoutMs) {
      const query = new URLSearchParams({ forMs: String(forMs), timeoutMs: String(timeoutMs) });
      const { settled } = await ask<{ settled: boolean }>(`/sandbox/settled?${query}`);
      return settled;
    },
  };
}
