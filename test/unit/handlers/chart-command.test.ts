import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/domain/message.ts';
import { askerOfAction, askerOfCommand } from '../../../src/handlers/asker.ts';
import { CHART_ACTIONS } from '../../../src/handlers/chart-buttons.ts';
import { chart } from '../../../src/handlers/commands/chart.ts';
import { createActionRunner } from '../../../src/handlers/run-action.ts';
import { createCommandRunner } from '../../../src/handlers/run-command-line.ts';
import { type KnownPerson, theActor } from '../../support/world.ts';
import { type AlertAnswers, setUpAlerts } from './alert-harness.ts';
import { CHANNELS } from './doors-of.ts';
import { said } from './told.ts';

const HOUR = 3_600_000;

function setUp(answers: Partial<AlertAnswers> = {}) {
  const world = setUpAlerts(answers);
  const userOf = (as: KnownPerson) => theActor(as).id.split(':') as [string, string];
  return {
    ...world,
    type(as: KnownPerson, channel_id: string, text: string) {
      const [team_id, user_id] = userOf(as);
      const asker = askerOfCommand({ team_id, user_id, channel_id, response_url: 'http://slack/r' });
      return createCommandRunner([chart], world.deps)({ text, asker, requestId: 'r-1' });
    },
    click(as: KnownPerson, channelId: string, [action_id, value]: readonly [string, string]) {
      const [team_id, id] = userOf(as);
      const payload = { user: { id, team_id }, team: { id: 'T0MERIDIAN' }, channel: { id: channelId } };
      expect(askerOfAction({ ...payload, actions: [] }).channelId).toBe(channelId);
      return createActionRunner(CHART_ACTIONS, world.deps)({ ...payload, actions: [{ action_id, value }] }, 'r-2');
    },
  };
}

const imageOf = ({ blocks }: Message) => blocks?.find(({ type }) => type === 'image');
const buttonsOf = ({ blocks }: Message) =>
  (blocks ?? []).flatMap((block) => (block as { elements?: { action_id?: string; value?: string }[] }).elements ?? []);

describe('/msops chart', () => {
  it('shows the picture with its words, the source and the newest values', async () => {
    const world = setUp();
    await world.type('alice', CHANNELS.acmeOps, 'chart prod cpu apim-1 --since 3h');
    const [request] = world.charted;
    expect(request).toMatchObject({ metric: 'cpu_busy_percent', hosts: ['apim-1'], environment: { name: 'prod' } });
    expect(request!.until.getTime() - request!.from.getTime()).toBe(3 * HOUR);
    const message = world.told.at(-1)!.message;
    expect(imageOf(message)).toMatchObject({ slack_file: { id: 'F1' }, alt_text: message.text });
    expect(said(world)).toMatch(/Source: msops · one point each minute · latest: `apim-1` \d+ %/);
    expect(world.audit[0]).toMatchObject({ action: 'metric.chart', customer: 'acme', hosts: ['apim-1'] });
  });

  it('asks for all hosts where none is named, and looks back a day', async () => {
    const world = setUp();
    await world.type('alice', CHANNELS.acmeOps, 'chart prod disk');
    expect(world.charted[0]).toMatchObject({ metric: 'disk_used_percent_max', hosts: [] });
    expect(world.charted[0]!.until.getTime() - world.charted[0]!.from.getTime()).toBe(24 * HOUR);
  });

  it('answers in words where there is no picture', async () => {
    const world = setUp({ picture: { kind: 'missing', reason: 'Slack did not take the picture: no.' } });
    await world.type('alice', CHANNELS.acmeOps, 'chart prod cpu apim-1');
    expect(imageOf(world.told.at(-1)!.message)).toBeUndefined();
    expect(said(world)).toContain('The picture is missing: Slack did not take the picture: no.');
    expect(said(world)).toMatch(/highest \d+ % on apim-1/);
  });

  it.each([
    ['chart prod cppu', 'Did you mean `cpu`?'],
    ['chart prod nonsense', 'There is no metric `nonsense`.'],
    ['chart prod', 'Which environment, and which metric?'],
    ['chart prod cpu --since 5m', 'A chart shows 15 minutes to 30 days.'],
    ['chart prod cpu --since 31d', 'A chart shows 15 minutes to 30 days.'],
    ['chart prod cpu --since soon', 'That is not a duration.'],
    ['chart prod cpu nosuch-1', 'There is no host'],
    ['chart dev cpu', 'is not monitored: it is not production, and only production is'],
    ['chart dev cpu', '`/msops status acme/dev` checks it once, now.'],
  ])('says for "%s": %s', async (text, words) => {
    const world = setUp();
    await world.type('alice', CHANNELS.acmeOps, text);
    expect(said(world)).toContain(words);
    expect(world.charted).toEqual([]);
  });

  it('shows nobody the numbers of another customer, or what they may not see', async () => {
    const world = setUp();
    await world.type('alice', CHANNELS.acmeOps, 'chart globex/prod cpu');
    await world.type('gus', CHANNELS.acmeShared, 'chart prod cpu');
    expect(world.charted).toEqual([]);
    expect(said(world)).toContain('There is no environment');
  });

  it('says why when the numbers cannot be had, and leaves no "drawing" behind', async () => {
    const world = setUp({ noChart: 'Prometheus did not answer.' });
    await world.type('alice', CHANNELS.acmeOps, 'chart prod cpu');
    expect(said(world)).toContain('Prometheus did not answer.');
    const shown = world.told.filter(({ key }) => key.startsWith('chart:')).at(-1);
    expect(shown?.message.text ?? '').not.toContain('Drawing');
  });
});

describe('the buttons of a chart', () => {
  it('draw the same for another time, into the same message', async () => {
    const world = setUp();
    await world.type('alice', CHANNELS.acmeOps, 'chart prod cpu apim-1');
    const first = world.told.at(-1)!;
    const offered = buttonsOf(first.message).flatMap(({ action_id }) => action_id ?? []);
    expect(offered).toEqual(['chart.hour', 'chart.week', 'chart.month']);
    const value = buttonsOf(first.message).find(({ action_id }) => action_id === 'chart.week')!.value!;
    await world.click('dana', CHANNELS.acmeShared, ['chart.week', value]);
    expect(world.told.at(-1)!.key).not.toBe(first.key);
    await world.click('alice', CHANNELS.acmeOps, ['chart.week', value]);
    expect(world.told.at(-1)!.key).toBe(first.key);
    expect(world.charted.at(-1)).toMatchObject({ hosts: ['apim-1'], metric: 'cpu_busy_percent' });
    expect(world.charted.at(-1)!.until.getTime() - world.charted.at(-1)!.from.getTime()).toBe(7 * 24 * HOUR);
  });

  it.each(['', '{}', '{"environment":"globex/prod","metric":"cpu_busy_percent","hosts":[],"key":"k"}'])(
    'do nothing for the forged value %s',
    async (value) => {
      const world = setUp();
      await world.click('bob', CHANNELS.acmeOps, ['chart.day', value]);
      expect(world.charted).toEqual([]);
      expect(world.told).toHaveLength(1);
    },
  );
});
