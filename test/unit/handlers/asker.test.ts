import { describe, expect, it } from 'vitest';
import { askerOfAction, askerOfCommand, askerOfMessage } from '../../../src/handlers/asker.ts';
import { askerOfSubmission } from '../../../src/handlers/asker-of-submission.ts';

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

  it.each([
    ['T9', true],
    ['T1', false],
    ['E1', false],
    [undefined, false],
  ])('speaks of mentions to somebody of %s: %s', (team_id, isMention) => {
    const user = { id: 'U1', ...(team_id ? { team_id } : {}) };
    const payload = { user, team: { id: 'T1' }, enterprise: { id: 'E1' }, channel: { id: 'C1' }, actions: [] };
    expect(askerOfAction(payload).isMention).toBe(isMention);
  });
});

describe('askerOfSubmission', () => {
  const view = (origin: object, more: object = {}) => ({
    private_metadata: JSON.stringify({ metadata: '', ...origin }),
    ...more,
  });
  const DANA = { id: 'U0DANA', team_id: 'T0ACME' };

  it('answers in the thread where the modal was opened, and whispers there', () => {
    const asker = askerOfSubmission({ user: DANA, view: view({ channelId: 'C1', threadTs: '1.1' }) });
    const thread = { channelId: 'C1', threadTs: '1.1' };
    expect(asker).toMatchObject({
      place: { kind: 'channel', channelId: 'C1' },
      addresses: {
        shown: { kind: 'channel', ...thread },
        whispered: { kind: 'ephemeral', userId: 'U0DANA', ...thread },
      },
    });
  });

  it.each([
    [
      'a direct message',
      { channelId: 'D1' },
      { place: { kind: 'direct' }, addresses: { whispered: { channelId: 'D1' } } },
    ],
    ['the home tab', {}, { place: { kind: 'home' }, addresses: { whispered: { kind: 'direct', userId: 'U0DANA' } } }],
  ])('answers in private when it was opened from %s', (_what, origin, expected) => {
    expect(askerOfSubmission({ user: DANA, view: view(origin) })).toMatchObject(expected);
  });

  it("takes the person's own workspace for theirs, and that of the installation for ours", () => {
    const installed = view({ channelId: 'C1' }, { app_installed_team_id: 'T1' });
    const asker = askerOfSubmission({
      user: DANA,
      team: { id: 'T0ACME' },
      enterprise: { id: 'E0ACME' },
      view: installed,
    });
    expect(asker).toMatchObject({ teamId: 'T0ACME', organization: ['T1'], isMention: true });
  });

  it('knows the workspace and the enterprise of the installation for one company', () => {
    const installed = view({ channelId: 'C1' }, { app_installed_team_id: 'E1' });
    const user = { id: 'U1', team_id: 'E1' };
    const asker = askerOfSubmission({ user, team: { id: 'T1' }, enterprise: { id: 'E1' }, view: installed });
    expect(asker).toMatchObject({ organization: ['T1', 'E1'], isMention: false });
  });
});
