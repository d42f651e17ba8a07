import { describe, expect, it } from 'vitest';
import { createAnswer } from '../../../src/handlers/answer.ts';
import { askerOfAction, askerOfCommand } from '../../../src/handlers/asker.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';

const BY_COMMAND = { team_id: 'T1', user_id: 'U1', response_url: 'http://slack/r' };

function answerTo(asker: ReturnType<typeof askerOfCommand>, requestId: string) {
  const saved: OutgoingMessage[] = [];
  const outbox = { put: async (outgoing: OutgoingMessage) => void saved.push(outgoing) };
  return { saved, answer: createAnswer({ outbox, asker, requestId }) };
}

function clickIn(channel: string, user = 'U2') {
  return askerOfAction({ user: { id: user, team_id: 'T1' }, channel: { id: channel }, actions: [] });
}

describe('createAnswer', () => {
  it('edits what it showed before under the same name', async () => {
    const { answer, saved } = answerTo(askerOfCommand({ ...BY_COMMAND, channel_id: 'C1' }), 'r1');
    await answer.show('status', { text: 'first' });
    await answer.show('status', { text: 'second' });
    expect(new Set(saved.map(({ key }) => key)).size).toBe(1);
  });

  it('keeps to the message of a button that is clicked where the message is, whoever clicks', () => {
    const { answer: asked } = answerTo(askerOfCommand({ ...BY_COMMAND, channel_id: 'C1' }), 'r1');
    const { answer: clicked } = answerTo(clickIn('C1'), 'r2');
    expect(clicked.keyHere(asked.keyOf('status'), 'status')).toBe(asked.keyOf('status'));
  });

  it('never touches a message of another channel, whatever the button remembers', () => {
    const { answer: asked } = answerTo(askerOfCommand({ ...BY_COMMAND, channel_id: 'C1' }), 'r1');
    const { answer: clicked } = answerTo(clickIn('C2'), 'r2');
    expect(clicked.keyHere(asked.keyOf('status'), 'status')).toBe(clicked.keyOf('status'));
    expect(clicked.keyHere('whisper-1:C2:r1', 'status')).toBe(clicked.keyOf('status'));
  });

  it("keeps to the person's own direct message", () => {
    const { answer: asked } = answerTo(askerOfCommand({ ...BY_COMMAND, channel_id: 'D1' }), 'r1');
    const { answer: own } = answerTo(clickIn('D7', 'U1'), 'r2');
    const { answer: foreign } = answerTo(clickIn('D8', 'U2'), 'r3');
    expect(own.keyHere(asked.keyOf('status'), 'status')).toBe(asked.keyOf('status'));
    expect(foreign.keyHere(asked.keyOf('status'), 'status')).toBe(foreign.keyOf('status'));
  });
});
