import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createTestClient, startTestSlack } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

describe('files', () => {
  let slack: Slack;
  beforeEach(async () => {
    slack = await startTestSlack('http');
  });
  afterEach(() => slack.stop());

  const upload = (channel_id: string) =>
    createTestClient(slack).filesUploadV2({
      channel_id,
      filename: 'heap.png',
      file: Buffer.from('not really a picture'),
      initial_comment: 'The heap of gw-1',
    });

  it('are uploaded in three calls and seen in the channel', async () => {
    await upload('C0ACMEOPS');
    const [message] = slack.seenBy('alice', 'acme-ops').messages;
    expect(message).toMatchObject({
      text: 'The heap of gw-1',
      files: [{ name: 'heap.png', mimetype: 'image/png', size: 20 }],
    });
    await expect(upload('C0RANDOM')).rejects.toThrow('not_in_channel');
  });

  it('are given out for the token only', async () => {
    await upload('C0ACMEOPS');
    const address = String(slack.seenBy('alice', 'acme-ops').messages[0]?.files[0]?.url_private);
    const withToken = await fetch(address, { headers: { authorization: `Bearer ${slack.tokens.bot}` } });
    expect(await withToken.text()).toBe('not really a picture');
    const without = await fetch(address, { redirect: 'manual' });
    expect(without.status).toBe(302);
  });

  it('are shown by blocks once Slack has found out what they are, and not before', async () => {
    const client = createTestClient(slack);
    const content = Buffer.from('picture');
    const asked = await client.files.getUploadURLExternal({ filename: 'cpu.png', length: content.length });
    await fetch(String(asked.upload_url), { method: 'POST', body: content });
    const id = String(asked.file_id);
    await client.files.completeUploadExternal({ files: [{ id, title: 'CPU' }] });
    const image = { type: 'image', slack_file: { id }, alt_text: 'CPU of gw-1' } as const;
    const post = () => client.chat.postMessage({ channel: 'C0ACMEOPS', text: 'CPU', blocks: [image] });
    await expect(post()).rejects.toMatchObject({
      data: { error: 'invalid_blocks', errors: [expect.stringContaining('invalid slack file')] },
    });
    const known = async () => (await client.files.info({ file: id })).file?.mimetype === 'image/png';
    await until('the type of the file', known);
    await post();
    expect(slack.seenBy('alice', 'acme-ops').messages.at(-1)).toMatchObject({ blocks: [{ slack_file: { id } }] });
  });

  it('of people from outside come as a hint to ask for them', async () => {
    await slack.human.upload('dana', 'acme-shared', { name: 'trace.log', content: 'boom', text: '@msops look' });
    const mention = slack.deliveries.find(({ what }) => what === 'app_mention');
    expect(mention?.payload.event).toMatchObject({ files: [{ id: 'F00000001', file_access: 'check_file_info' }] });
    const { file } = await createTestClient(slack).files.info({ file: 'F00000001' });
    expect(file).toMatchObject({ name: 'trace.log', user: 'U0DANA', user_team: 'T0ACME' });
  });
});
