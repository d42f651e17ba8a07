import { told } from './ask.ts';
import type { Surroundings } from './bot-world.ts';

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Somebody's browser in front of the bot's web pages, as far as pages without scripts need one. */
export interface Visitor {
  get(path: string): Promise<Answered>;
  /** As the button of the sign-in page does. */
  signInBy(link: string): Promise<Answered>;
}

export function createVisitor({ environment }: Pick<Surroundings, 'environment'>): Visitor {
  const base = environment.WEB_URL ?? '';
  let cookie = '';

  async function ask(path: string, init: RequestInit = {}): Promise<Answered> {
    const headers = { ...(cookie === '' ? {} : { cookie }), ...init.headers };
    const response = await fetch(new URL(path, base), { ...init, headers, redirect: 'manual' });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return { status: response.status, text: await response.text() };
  }

  return {
    get: (path) => ask(path),
    signInBy: (link) =>
      ask('/sign-in', {
        method: 'POST',
        headers: { origin: base },
        body: new URLSearchParams({ token: link.split('/').at(-1) ?? '' }),
      }),
  };
}

/** The link to the pages that somebody gets in a channel. @throws when they get none. */
export async function linkFor(world: Surroundings, at: readonly [string, string], text: string): Promise<string> {
  const { words } = await told(world, at, text);
  const link = /https?:\/\/[^\s|>]+\/sign-in\/[\w-]+/.exec(words)?.[0];
  if (link === undefined) {
    throw new Error(`No link in the answer to "${text}": ${words}`);
  }
  return link;
}
