import { describe, expect, it } from 'vitest';
import { startTestSlack } from '../../../support/slack-app.ts';

describe('event ids of the local Slack', () => {
  it('are not used again by the next Slack, whose app remembers those of the last', async () => {
    expect(await firstEventId()).not.toBe(await firstEventId());
  });
});

async function firstEventId(): Promise<unknown> {
  const slack = await startTestSlack('socket');
  await slack.human.say('alice', 'acme-ops', '@msops help');
  const [delivery] = slack.deliveries;
  await slack.stop();
  return delivery?.payload.event_id;
}
