import { describe, expect, it } from 'vitest';
import { askerOfAction, askerOfCommand, askerOfMessage } from '../../../src/handlers/asker.ts';

const COMMAND = { team_id: 'T1', user_id: 'U1', channel_id: 'C1', response_url: 'http://slack/r' };
const MENTION = { type: 'app_mention', user: 'U9', channel: 'C1', ts: '1.1', team: 'T1' };

describe('askerOfCommand', () => {
  it('answers in the channel, and tells the asker alone by the response URL', () => {
    expect(askerOfCommand(COMMAND)).toMatchObject({
      place: { kind: 'channel', channelId: 'C1' },
      addresses: { shown: { kind: 'channel', channelId: 'C1' }, whispered: { kind: 'response_url' } },
    });
  });

  it("never answers into a direct message between two people, only into the asker's own with the bot", () => {
    const asker = askerOfCommand({ ...COMMAND, channel_id: 'D1' });
    expect(asker.place).toEqual({ kind: 'direct' });
    expect(asker.addresses.shown).toEqual({ kind: 'direct', userId: 'U1' });
  });
});

describe('askerOfMessage', () => {
  it("does not take the mention's team for the person's: it is ours even when somebody else speaks", () => {
    expect(askerOfMessage(MENTION).teamId).toBeUndefined();
    expect(askerOfMessage({ ...MENTION, user_team: 'T9' }).teamId).toBe('T9');
    expect(askerOfMessage({ ...MENTION, user_profile: { team: 'T8' } }).teamId).toBe('T8');
  });

  it('answers in the thread of the mention', () => {
    expect(askerOfMessage({ ...MENTION, thread_ts: '0.9' }).addresses.shown).toMatchObject({ threadTs: '0.9' });
  });
});

describe('askerOfAction', () => {
  it('knows the home tab by its missing channel', () => {
    const asker = askerOfAction({ user: { id: 'U1', team_id: 'T1' }, actions: [] });
    expect(asker).toMatchObject({ place: { kind: 'home' }, teamId: 'T1', addresses: { shown: { kind: 'direct' } } });
  });
});
