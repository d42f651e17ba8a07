import { isObject } from '../blocks/interactive.ts';
import { SlackApiError } from '../web-api/api-method.ts';
import { respond } from '../web-api/response-url.ts';
import type { Channel, Hook, Json, User } from '../world/model.ts';
import { tellAsSlackbot } from '../world/post.ts';
import { createHook, createTrigger } from '../world/tickets.ts';
import type { HumanDeps } from './human-deps.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { escapeText } from './typed-text.ts';

const CHANNEL_NAMES: Partial<Record<Channel['kind'], string>> = { im: 'directmessage', private: 'privategroup' };

/** Somebody typed a line that begins with a slash. */
export async function runSlashCommand(
  deps: HumanDeps,
  who: { user: User; channel: Channel; isThread: boolean },
  line: string,
): Promise<Outcome> {
  const { world } = deps;
  const [command = line] = line.split(/\s/, 1);
  const reader = { channel: who.channel.id, userId: who.user.id };
  const refusal = refusalOf(deps, who, command);
  if (refusal !== undefined) {
    tellAsSlackbot(world, reader, refusal);
    return { ok: false, error: 'not_a_valid_command' };
  }
  const hook = createHook(world, reader);
  const payload = slashPayload(deps, who, { command, text: line.slice(command.length).trim(), hook });
  const startedAt = Date.now();
  const ack = await deps.courier.deliver({ kind: 'slash_commands', what: command, payload, userId: who.user.id });
  const problem = ack.ok ? showAck(deps, hook, ack.body) : ack.error;
  if (problem !== undefined) {
    tellAsSlackbot(world, reader, `${command} failed with the error "${problem}"`);
    return { ...outcomeOf(ack, startedAt), ok: false, error: problem };
  }
  return outcomeOf(ack, startedAt);
}

function refusalOf(
  { world, commands, areCommandsShared }: HumanDeps,
  { user, isThread }: { user: User; isThread: boolean },
  command: string,
): string | undefined {
  if (isThread) {
    return `${command} is not supported in threads. Sorry!`;
  }
  const isForeign = user.teamId !== world.home.id && !areCommandsShared;
  return commands.includes(command) && !isForeign
    ? undefined
    : `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`;
}

function slashPayload(
  { world, baseUrl, verificationToken, triggerTtlMs }: HumanDeps,
  { user, channel }: { user: User; channel: Channel },
  { command, text, hook }: { command: string; text: string; hook: Hook },
): Json {
  return {
    token: verificationToken,
    team_id: user.teamId,
    team_domain: world.teams.get(user.teamId)?.domain ?? '',
    channel_id: channel.id,
    channel_name: CHANNEL_NAMES[channel.kind] ?? channel.name,
    user_id: user.id,
    user_name: user.handle,
    command,
    // Mentions stay as typed: "escape channels, users, and links" is off.
    text: escapeText(text),
    api_app_id: world.bot.appId,
    is_enterprise_install: 'false',
    response_url: `${baseUrl}/response/${hook.id}`,
    trigger_id: createTrigger(world, { userId: user.id, ttlMs: triggerTtlMs }).id,
  };
}

/** An ack may carry the first answer. Returns what Slack finds wrong with it. */
function showAck({ world }: HumanDeps, hook: Hook, body: unknown): string | undefined {
  if (!isObject(body) || Object.keys(body).length === 0) {
    return undefined;
  }
  try {
    // The answer in the ack is no use of the response URL.
    hook.usesLeft += 1;
    respond(world, hook, body);
    return undefined;
  } catch (error) {
    return error instanceof SlackApiError ? error.code : String(error);
  }
}
