import { join } from 'node:path';
import { expect } from 'vitest';
import { CHANNELS } from '../../sandbox/cast.ts';
import { ENDED, type Rollout } from '../../src/services/rollouts/rollout.ts';
import { ask, quiet, type Said, seen } from './ask.ts';
import type { Surroundings } from './bot-world.ts';
import { until } from './until.ts';

const ENDS_MS = 90_000;

/** Who does it, and where. */
type At = readonly [as: string, channel: string];

/** People who ask for changes, press the buttons of their cards, and watch them. */
export interface RolloutTalk {
  /** @returns the id of the rollout that a command asked for. */
  request(at: At, line: string): Promise<string>;
  /** As that person sees it there. */
  card(id: string, at: At): Promise<Said>;
  /** @returns what the person was told about the click; empty when nothing was. */
  press(id: string, at: At, button: string): Promise<string>;
  /** Fills in the form that is open. @returns what the person was told about it. */
  submit(at: At, answers: Record<string, string>): Promise<string>;
  /** Of acme/prod: one of ours and one of theirs, who both type its name. */
  approveForAcme(id: string): Promise<void>;
  find(id: string): Promise<Rollout | undefined>;
  /** Resolves when everything about it is said too. @throws when it ends otherwise. */
  becomes(id: string, state: Rollout['state']): Promise<Rollout>;
  /** The step that a host is at, or how it ended. */
  hostReaches(id: string, host: string, words: RegExp): Promise<void>;
}

export function createRolloutTalk(world: Surroundings): RolloutTalk {
  const { human, database } = world;

  async function whispered([as, channel]: At, act: () => Promise<unknown>): Promise<string> {
    const before = whispers(as, channel).length;
    await act();
    await quiet(world);
    return whispers(as, channel)
      .slice(before)
      .map(({ words }) => words)
      .join('\n');
  }
  const whispers = (as: string, channel: string) => seen(world, as, channel).filter(({ isWhisper }) => isWhisper);

  async function ids(): Promise<readonly string[]> {
    const { rows } = await database.query<{ id: string }>('select id from rollouts');
    return rows.map(({ id }) => id);
  }

  async function find(id: string): Promise<Rollout | undefined> {
    const { rows } = await database.query<{ doc: string }>('select doc from rollouts where id = $1', [id]);
    return rows[0] && (JSON.parse(rows[0].doc) as Rollout);
  }

  async function workflowHasEnded(id: string): Promise<boolean> {
    const status = 'select status from dbos.workflow_status where workflow_uuid = $1';
    const { rows } = await database.query<{ status: string }>(status, [`rollout:${id}`]);
    return rows[0]?.status === 'SUCCESS';
  }

  /** What it says at its end comes after the state is written down. @throws when it has ended otherwise. */
  async function reaches(id: string, state: Rollout['state']): Promise<Rollout | undefined> {
    const found = await find(id);
    const hasEnded = found !== undefined && ENDED.includes(found.state);
    if (found === undefined || (hasEnded && !(await workflowHasEnded(id)))) {
      return undefined;
    }
    if (hasEnded && found.state !== state) {
      const { rows } = await database.query('select doc from rollout_hosts where rollout = $1', [id]);
      throw new Error(`Rollout ${id} is ${found.state} (${found.note}), not ${state}: ${JSON.stringify(rows)}`);
    }
    return found.state === state ? found : undefined;
  }

  async function cardWith(button: string, id: string, at: At): Promise<Said | undefined> {
    const card = await talk.card(id, at);
    return card.words.split('\n').includes(button) ? card : undefined;
  }

  const talk: RolloutTalk = {
    async request(at, line) {
      const before = await ids();
      const said = await ask(world, at, line);
      const [id] = (await ids()).filter((one) => !before.includes(one));
      expect(id, said.map(({ words }) => words).join('\n')).toBeDefined();
      return id!;
    },

    async card(id, [as, channel]) {
      const channelId = CHANNELS.find(({ name }) => name === channel)?.id;
      const { rows } = await database.query<{ posted_ts: string }>('select posted_ts from outbox where key = $1', [
        `rollout:${id}:${channelId}`,
      ]);
      const card = seen(world, as, channel).find(({ ts }) => ts === rows[0]?.posted_ts);
      expect(card, `a card of ${id} for ${as} in ${channel}`).toBeDefined();
      return card!;
    },

    press: (id, [as, channel], button) =>
      whispered([as, channel], async () => {
        // A card follows what it shows, at the pace that Slack allows.
        const { ts } = await until(`${button} on the card of ${id}`, () => cardWith(button, id, [as, channel]));
        expect(await human.click(as, { channel, ts }, button)).toMatchObject({ ok: true });
      }),

    submit: (at, answers) =>
      whispered(at, async () => expect(await human.submit(at[0], answers)).toMatchObject({ ok: true })),

    async approveForAcme(id) {
      for (const at of [
        ['carol', 'acme-ops'],
        ['dana', 'acme-shared'],
      ] as const) {
        await talk.press(id, at, 'Approve');
        await talk.submit(at, { typed: 'acme/prod' });
      }
    },

    find,
    async becomes(id, state) {
      const reached = await until(`rollout ${id} to be ${state}`, () => reaches(id, state), ENDS_MS);
      await quiet(world);
      return reached;
    },

    hostReaches: async (id, host, words) => {
      await until(
        `${host} to reach ${words}`,
        async () => {
          const { rows } = await database.query<{ doc: string }>(
            'select doc from rollout_hosts where rollout = $1 and host = $2',
            [id, host],
          );
          return words.test(rows[0]?.doc ?? '');
        },
        ENDS_MS,
      );
    },
  };
  return talk;
}

/** A file of a sandbox host, which knows nothing of the bot. @param path below its root. */
export function hostFile({ directory }: Surroundings, host: `${string}/${string}`, path: string): string {
  return join(directory, 'hosts', host, path);
}
