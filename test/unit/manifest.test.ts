import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ACTIONS } from '../../src/handlers/actions.ts';
import { COMMAND, EVENTS, SCOPES } from '../../src/handlers/catalog.ts';
import { MODALS } from '../../src/handlers/modals.ts';
import { COMMAND_WORD, MENTION_WORD } from '../../src/views/command-word.ts';

interface Manifest {
  readonly features: {
    readonly app_home: Record<string, boolean>;
    readonly bot_user: { readonly display_name: string };
    readonly slash_commands: readonly { readonly command: string; readonly should_escape: boolean }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[]; readonly user?: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean };
    readonly socket_mode_enabled: boolean;
  };
}

/** What Slack asks for before it sends an event, or takes a call of the Web API. */
const SCOPE_OF_EVENT: Readonly<Record<string, string | undefined>> = {
  app_home_opened: undefined,
  app_mention: 'app_mentions:read',
  channel_left: 'channels:read',
  channel_unshared: 'channels:read',
  group_left: 'groups:read',
  member_left_channel: 'channels:read',
  'message.im': 'im:history',
  user_change: 'users:read',
};
const SCOPE_OF_METHOD: Readonly<Record<string, string | undefined>> = {
  'auth.test': undefined,
  'chat.getPermalink': undefined,
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'files.info': 'files:read',
  'users.info': 'users:read',
  'views.open': undefined,
  'views.publish': undefined,
  'views.update': undefined,
};

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest;

/** Calls such as `client.chat.postMessage`, wherever they are in src/. */
function calledMethods(): readonly string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const calls = files.flatMap((name) => [
    ...readFileSync(join('src', name), 'utf8').matchAll(
      /\.((?:auth|bookmarks|chat|conversations|files|pins|reactions|team|users|views)\.\w+)\(/g,
    ),
  ]);
  return [...new Set(calls.map(([, method]) => method ?? ''))].toSorted();
}

describe('manifest.yml', () => {
  it('has the one slash command of the code, with text as it was typed', () => {
    expect(manifest.features.slash_commands).toEqual([
      expect.objectContaining({ command: COMMAND, should_escape: false }),
    ]);
    expect(COMMAND_WORD).toBe(COMMAND);
  });

  it('calls the bot what people are told to mention', () => {
    expect(MENTION_WORD).toBe(`@${manifest.features.bot_user.display_name}`);
  });

  it('subscribes to the events that have a handler, and to no others', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([...EVENTS].toSorted());
  });

  it('asks for the scopes that the code names, and for none of a user', () => {
    expect(manifest.oauth_config.scopes).toEqual({ bot: Object.keys(SCOPES).toSorted() });
  });

  it('switches on what the handlers answer: home tab, direct messages and buttons', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: EVENTS.includes('app_home_opened'),
      messages_tab_enabled: EVENTS.includes('message.im'),
      messages_tab_read_only_enabled: !EVENTS.includes('message.im'),
    });
    expect(manifest.settings.interactivity.is_enabled).toBe(ACTIONS.length > 0);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });
});

describe('the scopes', () => {
  it('are those that the events and the calls of the Web API need, and no others', () => {
    const methods = calledMethods();
    expect(methods).toContain('chat.postMessage');
    expect(methods.filter((method) => !Object.hasOwn(SCOPE_OF_METHOD, method))).toEqual([]);
    const needed = [
      'commands',
      ...EVENTS.map((event) => SCOPE_OF_EVENT[event]),
      ...methods.map((method) => SCOPE_OF_METHOD[method]),
    ].filter((scope) => scope !== undefined);
    expect(Object.keys(SCOPES).toSorted()).toEqual([...new Set(needed)].toSorted());
  });
});

describe.each([
  ['actions', ACTIONS],
  ['modals', MODALS],
])('the %s', (_what, all) => {
  it('have an id of their own each, as noun.verb', () => {
    const ids = all.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z_]+\.[a-z_]+$/.test(id))).toEqual([]);
  });
});
