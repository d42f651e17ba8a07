import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createFileUploader, type FileUploader } from '../../../../src/adapters/slack/file-uploader.ts';
import { toSlackLogger } from '../../../../src/adapters/slack/slack-logger.ts';
import { createWebClients } from '../../../../src/adapters/slack/web-clients.ts';
import { UserError } from '../../../../src/domain/errors.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { createTestClient, startTestSlack } from '../../../support/slack-app.ts';

const PICTURE = { name: 'cpu.png', title: 'CPU', content: Buffer.from('picture'), altText: 'CPU of mi-2' };

let slack: Slack;
const uploaderWith = (looksAfterMs?: readonly number[]): FileUploader => {
  const logger = toSlackLogger(createRecordingLogger());
  const clients = createWebClients({ botToken: new Secret(slack.tokens.bot), apiUrl: slack.apiUrl, logger });
  return createFileUploader(clients, looksAfterMs === undefined ? {} : { looksAfterMs });
};

beforeAll(async () => {
  slack = await startTestSlack('http');
});
afterEach(() => slack.faults.splice(0));
afterAll(() => slack.stop());

describe('createFileUploader', () => {
  it('gives back a file that a block can show at once, and that is in no channel', async () => {
    const { fileId } = await uploaderWith().upload(PICTURE);
    const image = { type: 'image', slack_file: { id: fileId }, alt_text: 'CPU' } as const;
    const client = createTestClient(slack);
    await client.chat.postMessage({ channel: 'C0ACMEOPS', text: 'CPU', blocks: [image] });
    const { file } = await client.files.info({ file: fileId });
    expect(file).toMatchObject({ name: 'cpu.png', title: 'CPU', mimetype: 'image/png', size: 7, channels: [] });
  });

  it('does not wait for ever until Slack knows what it is', async () => {
    await expect(uploaderWith([0]).upload(PICTURE)).rejects.toThrow('did not say in time that it is a picture');
  });

  it.each([
    ['files.getUploadURLExternal', { error: 'missing_scope' }, 'lacks the scopes `files:write` and `files:read`'],
    ['files.completeUploadExternal', { error: 'file_not_found' }, 'it answered file_not_found'],
  ])('says in words what %s was refused for', async (method, fault, words) => {
    slack.faults.push({ method, times: 1, ...fault });
    const error = await uploaderWith()
      .upload(PICTURE)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(words);
  });
});
