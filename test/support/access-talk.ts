import { expect } from 'vitest';
import { CHANNELS } from '../../sandbox/cast.ts';
import type { Answers } from '../../sandbox/slack/human/modal.ts';
import type { Grant } from '../../src/services/access/grant.ts';
import { quiet, type Said, seen } from './ask.ts';
import type { Surroundings } from './bot-world.ts';
import { until } from './until.ts';

const BECOMES_MS = 60_000;

/** Who does it, and where. */
type At = readonly [as: string, channel: string];

/** People who ask for access, decide on it and end it. */
export interface AccessTalk {
  /** Presses a button of a message. @returns what was said to them alone; empty when nothing was. */
  press(at: At, ts: string, button: string): Promise<string>;
  /** Fills in the form that is open. @returns what was said to them alone about it. */
  submit(at: At, answers: Answers): Promise<string>;
  /** By the form; @returns the id of the grant. */
  request(at: At, answers: Answers): Promise<string>;
  /** As that person sees it there. */
  card(id: string, at: At): Promise<Said>;
  pressOnCard(id: string, at: At, button: string): Promise<string>;
  find(id: string): Promise<Grant>;
  /** Resolves when everything about it is said too. */
  becomes(id: string, state: Grant['state']): Promise<Grant>;
}

export function createAccessTalk(world: Surroundings): AccessTalk {
  const { human, database } = world;

  async function whispered([as, channel]: At, act: () => Promise<unknown>): Promise<string> {
    const before = whispers(as, channel).length;
    await act();
    await quiet(world);
    const said = whispers(as, channel).slice(before);
    return said.map(({ words }) => words).join('\n');
  }
  const whispers = (as: string, channel: string) => seen(world, as, channel).filter(({ isWhisper }) => isWhisper);

  async function ids(): Promise<readonly string[]> {
    const { rows } = await database.query<{ id: string }>('select id from grants');
    return rows.map(({ id }) => id);
  }

  async function postedAt(key: string): Promise<string | undefined> {
    const { rows } = await database.query<{ posted_ts: string }>('select posted_ts from outbox where key = $1', [key]);
    return rows[0]?.posted_ts;
  }

  const talk: AccessTalk = {
    press: (at, ts, button) =>
      whispered(at, async () => {
        const [as, channel] = at;
        expect(await human.click(as, { channel, ts }, button)).toMatchObject({ ok: true });
      }),

    submit: (at, answers) =>
      whispered(at, async () => expect(await human.submit(at[0], answers)).toMatchObject({ ok: true })),

    async request(at, answers) {
      const before = await ids();
      const [, channel] = at;
      const channelId = CHANNELS.find(({ name }) => name === channel)?.id;
      const ts = await until('the request card', () => postedAt(`access-card:${channelId}`));
      const denied = await talk.press(at, ts, 'Request access');
      expect(denied).toBe('');
      const said = await talk.submit(at, answers);
      const [id] = (await ids()).filter((one) => !before.includes(one));
      expect(id, said).toBeDefined();
      return id!;
    },

    async card(id, [as, channel]) {
      const channelId = CHANNELS.find(({ name }) => name === channel)?.id;
      const ts = await until(`a card of ${id} in ${channel}`, () => postedAt(`access:${id}:${channelId}`));
      const card = seen(world, as, channel).find((said) => said.ts === ts);
      expect(card, `a card of ${id} for ${as} in ${channel}`).toBeDefined();
      return card!;
    },

    async pressOnCard(id, at, button) {
      const hasButton = async () => (await talk.card(id, at)).words.split('\n').includes(button);
      await until(`${button} on the card of ${id}`, hasButton);
      return talk.press(at, (await talk.card(id, at)).ts, button);
    },

    async find(id) {
      const { rows } = await database.query<{ doc: string }>('select doc from grants where id = $1', [id]);
      return JSON.parse(rows[0]?.doc ?? '{}') as Grant;
    },

    async becomes(id, state) {
      const reached = async () => {
        const found = await talk.find(id);
        return found.state === state ? found : undefined;
      };
      const grant = await until(`access ${id} to be ${state}`, reached, BECOMES_MS);
      await quiet(world);
      return grant;
    },
  };
  return talk;
}
