import { objects } from '../blocks/interactive.ts';
import type { Json, StoredFile } from '../world/model.ts';
import { postMessage } from '../world/post.ts';
import { fileShape } from '../world/shapes.ts';
import {
  type ApiContext,
  type ApiMethods,
  botMethod,
  requireChannel,
  SlackApiError,
  writeMethod,
} from './api-method.ts';
import { readMessageContent } from './message-content.ts';

/** `files.*`: ask for an address, send the content there, complete. */
export const FILE_METHODS: ApiMethods = {
  'files.getUploadURLExternal': botMethod(['files:write'], getUploadUrl),
  'files.completeUploadExternal': writeMethod(['files:write'], completeUpload),
  'files.info': botMethod(['files:read'], (args, context) => ({
    file: fileShape(context.world, requireFile(args.file, context), context.baseUrl),
    comments: [],
  })),
};

const MIME_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv',
  txt: 'text/plain',
  log: 'text/plain',
};

/** Real Slack takes up to some seconds. */
const LOOKED_AT_AFTER_MS = 150;

/** By the ending of the name. */
export function mimeTypeOf(name: string): string {
  return MIME_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

function getUploadUrl(args: Json, { world, baseUrl }: ApiContext): Json {
  const name = String(args.filename ?? '');
  if (name === '' || !(Number(args.length) > 0)) {
    throw new SlackApiError('invalid_arguments', {
      response_metadata: { messages: ['[ERROR] missing required field: filename or length'] },
    });
  }
  const file: StoredFile = {
    id: world.nextId('F'),
    name,
    title: name,
    mimetype: mimeTypeOf(name),
    userId: world.bot.userId,
    created: Math.floor(Date.now() / 1000),
    content: undefined,
    channels: [],
  };
  world.files.set(file.id, file);
  return { upload_url: `${baseUrl}/upload/${file.id}`, file_id: file.id };
}

function completeUpload(args: Json, context: ApiContext): Json {
  const { world, baseUrl } = context;
  const files = objects(args.files).map(({ id, title }) => {
    const file = requireFile(id, context);
    file.title = typeof title === 'string' ? title : file.title;
    // One that is shared at once is seen with its type.
    file.knownFrom = Date.now() + ((args.channel_id ?? args.channels) === undefined ? LOOKED_AT_AFTER_MS : 0);
    return file;
  });
  if (files.some(({ content }) => content === undefined) || files.length === 0) {
    throw new SlackApiError('file_not_found');
  }
  if (args.channel_id !== undefined || args.channels !== undefined) {
    share(files, args, context);
  }
  return { files: files.map((file) => fileShape(world, file, baseUrl)) };
}

function share(files: readonly StoredFile[], args: Json, context: ApiContext): void {
  const { world } = context;
  const channel = requireChannel(context, args.channel_id ?? String(args.channels).split(',')[0]);
  if (!channel.members.has(world.bot.userId)) {
    throw new SlackApiError('not_in_channel');
  }
  const { blocks = [] } = args.blocks === undefined ? {} : readMessageContent({ blocks: args.blocks });
  for (const file of files) {
    file.channels.push(channel.id);
  }
  postMessage(world, {
    channel: channel.id,
    user: world.bot.userId,
    text: String(args.initial_comment ?? ''),
    blocks,
    subtype: 'file_share',
    threadTs: args.thread_ts === undefined ? undefined : String(args.thread_ts),
    files: files.map(({ id }) => id),
  });
}

function requireFile(id: unknown, { world }: ApiContext): StoredFile {
  const file = world.files.get(String(id));
  if (file === undefined) {
    throw new SlackApiError('file_not_found');
  }
  return file;
}
