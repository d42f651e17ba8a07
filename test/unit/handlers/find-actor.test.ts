import { describe, expect, it } from 'vitest';
import { askerOfAction, askerOfCommand, askerOfMessage } from '../../../src/handlers/asker.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import { findActor } from '../../../src/handlers/find-actor.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aPerson, aWorld } from '../../support/world.ts';

const COMMAND = { user_id: 'U0IDA', channel_id: 'C1', response_url: 'http://slack/r' };
const MENTION = { type: 'app_mention', user: 'U0IDA', channel: 'C1', ts: '1.1' };

/** Our own company is on Enterprise Grid: its people are listed by the enterprise. */
function depsOf(teamOf: () => Promise<string | undefined> = async () => undefined): HandlerDeps {
  const people = [aPerson('E0MERIDIAN:U0IDA', { operator: 'all' })];
  const inventory = createInventoryService({ config: () => aWorld({ homeTeam: 'E0MERIDIAN', people }) });
  return { services: { inventory }, people: { teamOf }, logger: createRecordingLogger() } as unknown as HandlerDeps;
}

describe('findActor', () => {
  it.each([
    ['a command', askerOfCommand({ ...COMMAND, team_id: 'T0WORKSPACE', enterprise_id: 'E0MERIDIAN' })],
    [
      'a click',
      askerOfAction({
        user: { id: 'U0IDA', team_id: 'T0WORKSPACE' },
        team: { id: 'T0WORKSPACE' },
        enterprise: { id: 'E0MERIDIAN' },
        actions: [],
      }),
    ],
    [
      'a mention',
      askerOfMessage({ ...MENTION, user_team: 'T0WORKSPACE' }, { team_id: 'T0WORKSPACE', enterprise_id: 'E0MERIDIAN' }),
    ],
  ])('knows somebody of an enterprise by %s that names the workspace', async (_door, asker) => {
    expect(await findActor(asker, depsOf())).toMatchObject({ id: 'E0MERIDIAN:U0IDA', grants: [{ role: 'operator' }] });
  });

  it('does not take somebody of another company for one of the enterprise that the app is installed in', async () => {
    const asker = askerOfMessage(
      { ...MENTION, user_team: 'T0STRANGER' },
      { team_id: 'T0WORKSPACE', enterprise_id: 'E0MERIDIAN' },
    );
    expect(await findActor(asker, depsOf())).toMatchObject({ id: 'T0STRANGER:U0IDA', grants: [] });
  });

  it('knows nobody whose workspace Slack does not tell', async () => {
    const asker = askerOfMessage(MENTION, { team_id: 'T0WORKSPACE', enterprise_id: 'E0MERIDIAN' });
    expect(await findActor(asker, depsOf())).toMatchObject({ id: 'unknown:U0IDA', grants: [] });
  });

  it('says so when Slack does not answer', async () => {
    const away = depsOf(() => Promise.reject(new Error('timeout')));
    await expect(findActor(askerOfMessage(MENTION), away)).rejects.toThrow('Slack did not tell me who you are');
  });
});
