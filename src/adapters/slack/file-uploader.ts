import type { WebClient } from '@slack/web-api';
import { UserError } from '../../domain/errors.ts';
import { toDeliveryFailure } from './delivery-failure.ts';
import type { WebClients } from './web-clients.ts';

interface FileToUpload {
  readonly name: string;
  readonly title: string;
  readonly content: Uint8Array;
  readonly altText: string;
}

export interface FileUploader {
  /** Resolves when a block may show it. @throws {UserError} when Slack does not take it. */
  upload(file: FileToUpload): Promise<{ readonly fileId: string }>;
}

const UPLOAD_TIMEOUT_MS = 15_000;
/** Slack looks at a file after it has taken it; a block that shows one of which it does not know the type is refused. */
const LOOKS_AFTER_MS = [0, 200, 300, 500, 1_000, 2_000, 3_000, 3_000];

/** In three calls: ask for an address, send the content there, complete. Shared with nobody, so only blocks show it. */
export function createFileUploader(
  { interactive: client }: Pick<WebClients, 'interactive'>,
  { looksAfterMs = LOOKS_AFTER_MS }: { readonly looksAfterMs?: readonly number[] } = {},
): FileUploader {
  return {
    async upload({ name, title, content, altText }) {
      const asked = { filename: name, length: content.byteLength, alt_txt: altText };
      const { upload_url: url, file_id: fileId } = await call(() => client.files.getUploadURLExternal(asked));
      if (url === undefined || fileId === undefined) {
        throw refused('it named no address for it');
      }
      await send(checkedUrl(url, client), content);
      await call(() => client.files.completeUploadExternal({ files: [{ id: fileId, title }] }));
      await untilTypeIsKnown(fileId, client, looksAfterMs);
      return { fileId };
    },
  };
}

async function untilTypeIsKnown(file: string, client: WebClient, looksAfterMs: readonly number[]): Promise<void> {
  for (const waitMs of looksAfterMs) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const { file: known } = await call(() => client.files.info({ file }));
    if (known?.mimetype?.startsWith('image/')) {
      return;
    }
  }
  throw refused('it did not say in time that it is a picture');
}

/** The content goes to Slack's own servers, or to those of the Slack that the bot was set up with. */
function checkedUrl(url: string, { slackApiUrl }: WebClient): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isSlack = parsed?.protocol === 'https:' && /(?:^|\.)slack(?:-gov|-files)?\.com$/.test(parsed.hostname);
  if (!isSlack && parsed?.origin !== new URL(slackApiUrl).origin) {
    throw refused('the address for it is not one of Slack');
  }
  return url;
}

async function send(url: string, content: Uint8Array): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(content),
    redirect: 'error',
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw refused('it did not answer while it was sent', cause);
  });
  await response.body?.cancel(); // Left unread it would hold the connection.
  if (!response.ok) {
    throw refused(`it answered HTTP ${response.status} while it was sent`);
  }
}

async function call<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw refused(reasonOf(error), error);
  }
}

function reasonOf(error: unknown): string {
  const { kind, message } = toDeliveryFailure(error);
  if (message.endsWith('missing_scope')) {
    return 'the app lacks the scopes `files:write` and `files:read`. Whoever runs msops can add them from its manifest';
  }
  return kind === 'rate_limited' ? 'it is asked for too much just now' : message.replace(/^Slack: /, 'it answered ');
}

function refused(reason: string, cause?: unknown): UserError {
  return new UserError(`Slack did not take the picture: ${reason}.`, { hint: 'Please try again in a minute.', cause });
}
