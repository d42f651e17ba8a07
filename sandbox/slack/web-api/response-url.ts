import type { Activity } from '../activity.ts';
import { objects } from '../blocks/interactive.ts';
import type { Hook, Json, StoredMessage } from '../world/model.ts';
import { editMessage, postMessage, removeMessage } from '../world/post.ts';
import type { World } from '../world/world.ts';
import { isTrue, SlackApiError } from './api-method.ts';
import { takeFault } from './faults.ts';
import { readMessageContent } from './message-content.ts';

export interface HookAnswer {
  readonly status: number;
  readonly body: string;
}

/** One use of a response URL. */
export function takeResponseUrl(
  { world, activity }: { world: World; activity: Activity },
  hookId: string,
  body: Json,
): HookAnswer {
  const done = activity.begin();
  const answer = answerUse(world, hookId, body);
  const ok = answer.status === 200;
  const error = ok ? undefined : answer.body;
  world.calls.push({ method: 'response_url', args: body, at: Date.now(), status: answer.status, ok, error });
  done();
  return answer;
}

function answerUse(world: World, hookId: string, body: Json): HookAnswer {
  const hook = world.hooks.get(hookId);
  const fault = takeFault(world.faults, { method: 'response_url', channel: hook?.channel });
  if (fault !== undefined) {
    return { status: fault.status ?? 404, body: fault.error ?? 'internal_error' };
  }
  if (hook === undefined || hook.expiresAt <= Date.now()) {
    return { status: 404, body: 'expired_url' };
  }
  if (hook.usesLeft <= 0) {
    return { status: 404, body: 'used_url' };
  }
  try {
    respond(world, hook, body);
  } catch (error) {
    return { status: 400, body: error instanceof SlackApiError ? error.code : 'internal_error' };
  }
  return { status: 200, body: 'ok' };
}

/**
 * Says what an app answered to a command or a click: by its response URL, or in the ack of a command.
 * @throws SlackApiError when Slack would refuse the message
 */
export function respond(world: World, hook: Hook, body: Json): void {
  const original = world.messages.find(({ channel, ts }) => channel === hook.channel && ts === hook.originalTs);
  if (isTrue(body.delete_original)) {
    hook.usesLeft -= 1;
    if (original !== undefined) {
      removeMessage(world, original);
    }
    return;
  }
  const content = readMessageContent(body);
  hook.usesLeft -= 1;
  if (isTrue(body.replace_original) && original !== undefined) {
    // Unlike chat.update: what is not given is gone.
    editMessage(world, original, {
      text: content.text ?? '',
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
    });
    return;
  }
  const answer = postAnswer(world, hook, body);
  // A command shows nothing itself: its first answer is what can be replaced later.
  hook.originalTs ??= answer.ts;
}

function postAnswer(world: World, hook: Hook, body: Json): StoredMessage {
  const { channel, userId, threadTs } = hook;
  return postMessage(world, {
    channel,
    user: world.bot.userId,
    text: String(body.text ?? ''),
    blocks: objects(body.blocks),
    attachments: objects(body.attachments),
    threadTs: body.thread_ts === undefined ? threadTs : String(body.thread_ts),
    visibleTo: body.response_type === 'in_channel' ? undefined : userId,
  });
}
