import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../src/services/audit/ports.ts';
import { type AccessTalk, createAccessTalk } from '../support/access-talk.ts';
import { ask, seen, told } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { hostFile } from '../support/rollout-talk.ts';
import { until } from '../support/until.ts';
import { createVisitor, linkFor, type Visitor } from '../support/web-visitor.ts';
import { PUBLIC_KEY } from '../unit/views/access-builders.ts';

const STORY_MS = 120_000;
const ALICE = ['alice', 'acme-shared'] as const;
const ALICE_OPS = ['alice', 'acme-ops'] as const;
const BOB = ['bob', 'acme-ops'] as const;
const DANA = ['dana', 'acme-shared'] as const;
const DASHBOARD = '@msops dashboard prod';
const DASHBOARDS = { environment: 'prod', kinds: ['dashboard'], for: '4h', reason: 'payments are late since noon' };
const LINUX = {
  ...DASHBOARDS,
  kinds: ['dashboard', 'linux'],
  hosts: ['prod/apim-1', 'prod/mi-2'],
  publicKey: `${PUBLIC_KEY} dana@laptop`,
};
const PRIVATE_KEY =
  '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUK\n-----END OPENSSH PRIVATE KEY-----';

let world: BotWorld;
let talk: AccessTalk;

beforeAll(async () => {
  world = await startBotWorld({
    isReached: true,
    // Else dana has the dashboards without asking.
    configure: (config) => {
      config.assignments = config.assignments.filter(({ role }) => role !== 'dashboard-viewer');
    },
  });
  talk = createAccessTalk(world);
  await ask(world, ALICE, '/msops access card');
}, 60_000);
afterAll(() => world?.stop());

const wordsSeen = ([as, channel]: readonly [string, string]) =>
  seen(world, as, channel)
    .map(({ words, text }) => `${text}\n${words}`)
    .join('\n');

async function dashboard(): Promise<Visitor> {
  const visitor = createVisitor(world);
  expect(await visitor.signInBy(await linkFor(world, DANA, DASHBOARD))).toMatchObject({ status: 303 });
  return visitor;
}

const drift = async () =>
  (await ask(world, ALICE_OPS, '/msops access drift prod')).map(({ words }) => words).join('\n');

const accounts = () =>
  (['acme/apim-1', 'acme/mi-2'] as const).map((host) => readFileSync(hostFile(world, host, 'etc/passwd'), 'utf8'));

async function active(answers: Parameters<AccessTalk['request']>[1] = DASHBOARDS): Promise<string> {
  const id = await talk.request(DANA, answers);
  await talk.pressOnCard(id, BOB, 'Approve');
  await talk.becomes(id, 'active');
  return id;
}

/** Of one grant, in the order in which it was written. */
async function story(id: string): Promise<readonly string[]> {
  const { rows } = await world.database.query<{ entry: string }>('select entry from audit order by seq');
  return rows.filter(({ entry }) => entry.includes(id)).map(({ entry }) => (JSON.parse(entry) as AuditEvent).action);
}

/** Somebody whom the cast does not have. */
function newcomer(
  id: string,
  { handle, teamId, realName }: { handle: string; teamId: string; realName: string },
): void {
  const { users, channels } = world.slack.world;
  users.set(id, { id, handle, realName, title: '', teamId, isBot: false });
  for (const channel of ['C0ACMESHARED', 'C0ACMEOPS']) {
    channels.get(channel)?.members.add(id);
  }
}

describe('the story of one grant', { timeout: STORY_MS }, () => {
  let id: string;
  let visitor: Visitor;

  it('begins at one card in the shared channel, however often it is posted', async () => {
    await ask(world, ALICE, '/msops access card');
    const cards = seen(world, 'dana', 'acme-shared').filter(({ words }) => words.includes('Request access'));
    expect(cards.filter(({ isWhisper }) => !isWhisper)).toHaveLength(1);
    expect((await told(world, DANA, '@msops access')).words).toContain('Request access');
    expect((await told(world, ['gus', 'globex-shared'], DASHBOARD)).words).toContain('metric.read');
    expect((await told(world, DANA, DASHBOARD)).words).toContain('metric.read');
  });

  it('takes no private key, and keeps none', async () => {
    const card = seen(world, 'dana', 'acme-shared').find(({ words }) => words.includes('Request access'));
    await talk.press(DANA, card!.ts, 'Request access');
    const refused = await world.human.submit('dana', { ...LINUX, publicKey: PRIVATE_KEY });
    expect(refused).toMatchObject({ ok: false, errors: { publicKey: expect.stringContaining('PRIVATE key') } });
    await world.human.close('dana');
    const { rows } = await world.database.query('select * from inbox');
    const { rows: entries } = await world.database.query('select * from audit');
    const kept = JSON.stringify([rows, entries, world.log]);
    expect(kept).not.toMatch(/BEGIN OPENSSH|b3BlbnNzaC1rZXk/);
    expect(kept).toContain('U0DANA');
  });

  it('is asked for with the form, and approved by one of ours', async () => {
    id = await talk.request(DANA, LINUX);
    const card = await talk.card(id, BOB);
    expect(card.words).toContain("Dana Okafor, account T0ACME:U0DANA, of Acme Bank's workspace T0ACME");
    expect(card.words).toContain('apim-1, mi-2');
    expect((await talk.card(id, DANA)).words).not.toMatch(/payments are late|T0ACME/);
    await talk.pressOnCard(id, BOB, 'Approve');
    await talk.becomes(id, 'active');
    expect(accounts()).toEqual([expect.stringContaining(`msro-${id}:`), expect.stringContaining(`msro-${id}:`)]);
  });

  it('tells how to get in to her eyes alone', async () => {
    const whisper = seen(world, 'dana', 'acme-shared').findLast(
      ({ isWhisper, words }) => isWhisper && words.includes('Host '),
    );
    expect(whisper?.words).toMatch(/Host acme-prod-apim-1[\s\S]*User msro-\w+[\s\S]*ProxyJump [\s\S]*SHA256:/);
    for (const at of [ALICE, ['bob', 'acme-shared'], BOB, ['alice', 'ops-all']] as const) {
      expect(wordsSeen(at)).not.toContain('ProxyJump');
    }
    expect(await talk.pressOnCard(id, ['alice', 'acme-shared'], 'How do I get in?')).toContain('the person alone');
    expect(await talk.pressOnCard(id, DANA, 'How do I get in?')).toContain('ProxyJump');
  });

  it('opens the dashboard to her and to nobody else', async () => {
    visitor = await dashboard();
    expect(await visitor.get('/acme/prod')).toMatchObject({ status: 200 });
    expect(await visitor.get('/globex/prod')).toMatchObject({ status: 404 });
    expect((await told(world, ['gus', 'globex-shared'], DASHBOARD)).words).toContain('metric.read');
  });

  it('is in the list, and explains the accounts on the hosts', async () => {
    expect((await told(world, DANA, '@msops access list')).words).toMatch(/acme\/prod Dana Okafor: active/);
    expect(await drift()).toContain('acme/prod: no difference was found on 6 hosts');
    const passwd = hostFile(world, 'acme/apim-1', 'etc/passwd');
    const before = readFileSync(passwd, 'utf8');
    writeFileSync(passwd, `${before}backdoor:x:1999:1999::/home/backdoor:/bin/bash\n`);
    expect(await drift()).toMatch(/1 difference between hosts and grants[\s\S]*apim-1: no grant explains.*backdoor/);
    writeFileSync(passwd, before);
  });

  it('is extended by a new approval, and the old end counts until then', async () => {
    const { until: before } = await talk.find(id);
    await talk.pressOnCard(id, DANA, 'Extend');
    const later = new Date(new Date(before).getTime() + 3_600_000);
    expect(await talk.submit(DANA, { until: later.toISOString(), reason: 'not found yet, one more look' })).toContain(
      'A later end',
    );
    expect((await talk.find(id)).until).toBe(before);
    await talk.pressOnCard(id, BOB, 'Approve extension');
    const moved = async () => new Date((await talk.find(id)).until).getTime() === later.getTime();
    await until('the new end', moved, 30_000);
  });

  it('ends when she says that she is done', async () => {
    await talk.pressOnCard(id, DANA, 'Done');
    await talk.becomes(id, 'ended');
    expect(await visitor.get('/acme/prod')).not.toMatchObject({ status: 200 });
    expect((await told(world, DANA, DASHBOARD)).words).toContain('metric.read');
    expect((await talk.card(id, DANA)).words).toContain('they said that they are done');
    expect(accounts().join()).not.toContain('msro-');
  });

  it('is in the audit log, in order', async () => {
    const actions = (await story(id)).filter((action) => /^access\.(?:requested|begun|extended|ended)$/.test(action));
    expect(actions).toEqual(['access.requested', 'access.begun', 'access.extended', 'access.ended']);
  });
});

describe('a request', { timeout: STORY_MS }, () => {
  it('is approved for less time', async () => {
    const id = await talk.request(DANA, DASHBOARDS);
    await talk.pressOnCard(id, BOB, 'Approve shorter');
    const view = world.slack.seenBy('bob').modal;
    const [first] = JSON.stringify(view).match(/20\d\d-[\d-]+T[\d:.]+Z/) ?? [];
    await talk.submit(BOB, { until: first! });
    const grant = await talk.becomes(id, 'active');
    expect(new Date(grant.until).toISOString()).toBe(first);
    await talk.pressOnCard(id, ALICE_OPS, 'Revoke');
    await talk.submit(ALICE_OPS, { reason: 'only a test of the shorter time' });
    await talk.becomes(id, 'ended');
    expect((await talk.card(id, DANA)).words).toContain('revoked by the operations team');
  });

  it('is rejected, with a reason that she can read', async () => {
    const id = await talk.request(DANA, DASHBOARDS);
    await talk.pressOnCard(id, BOB, 'Reject');
    await talk.submit(BOB, { reason: 'ask the account manager first' });
    await talk.becomes(id, 'rejected');
    expect((await talk.card(id, DANA)).words).toContain('“ask the account manager first”');
    expect((await talk.card(id, DANA)).words).not.toContain('Bob Tanaka');
  });

  it('is not for people of a third company, known or not', async () => {
    newcomer('U0EVE', { handle: 'eve', teamId: 'T0HOOLI', realName: 'Eve Adler' });
    world.slack.world.channels.get('C0ACMESHARED')?.members.add('U0GUS');
    const card = seen(world, 'dana', 'acme-shared').find(({ words }) => words.includes('Request access'));
    expect(await talk.press(['eve', 'acme-shared'], card!.ts, 'Request access')).toContain('I do not know you');
    expect(await talk.press(['gus', 'acme-shared'], card!.ts, 'Request access')).toContain(
      'In this channel I answer our own',
    );
    expect((await told(world, ['eve', 'acme-shared'], '@msops access')).words).toContain('I do not know you');
  });

  it('is not decided by somebody who is only called like an approver', async () => {
    newcomer('U0BOB2', { handle: 'bob.tanaka', teamId: 'T0ACME', realName: 'Bob Tanaka' });
    const id = await talk.request(DANA, DASHBOARDS);
    expect(await talk.pressOnCard(id, ['bob.tanaka', 'acme-ops'], 'Approve')).toContain('I do not know you');
    expect((await talk.find(id)).state).toBe('requested');
    const denied = 'select entry from audit where actor = $1';
    const { rows } = await world.database.query<{ entry: string }>(denied, ['T0ACME:U0BOB2']);
    expect(rows.map(({ entry }) => (JSON.parse(entry) as AuditEvent).result)).toEqual(['denied']);
    await talk.pressOnCard(id, DANA, 'Take back');
    await talk.becomes(id, 'withdrawn');
  });
});

describe('access that is open', { timeout: STORY_MS }, () => {
  it('goes on when somebody else leaves the channel, and ends when the person does', async () => {
    const id = await active();
    await world.slack.human.leave('mallory', 'acme-shared');
    await ask(world, ALICE_OPS, '/msops help');
    expect((await talk.find(id)).state).toBe('active');
    await world.slack.human.leave('dana', 'acme-shared');
    const ended = await talk.becomes(id, 'ended');
    expect(ended.endWish?.why).toBe('person_left');
    world.slack.world.channels.get('C0ACMESHARED')?.members.add('U0DANA');
  });

  it('ends at once when the channel is disconnected', async () => {
    const id = await active();
    const visitor = await dashboard();
    expect(await visitor.get('/acme/prod')).toMatchObject({ status: 200 });
    await world.slack.human.unshare('acme-shared', 'T0ACME');
    const ended = await talk.becomes(id, 'ended');
    expect(ended.endWish?.why).toBe('channel_unshared');
    expect(await visitor.get('/acme/prod')).not.toMatchObject({ status: 200 });
    expect((await story(id)).at(-1)).toBe('access.ended');
  });
});
