import type { Answer } from '../blocks/form-values.ts';
import { findChannel, findPerson } from '../world/find.ts';
import { click, select } from './act.ts';
import { deactivate, leave, openHome, react, removeApp, setShared, type Upload, upload } from './channel-life.ts';
import type { HumanDeps } from './human-deps.ts';
import { findElement, type Where } from './interaction.ts';
import { type Answers, close, submit } from './modal.ts';
import type { Outcome } from './outcome.ts';
import { runSlashCommand } from './slash.ts';
import { speak } from './speak.ts';
import { suggest } from './suggest.ts';

/**
 * What people can do. `as` is a handle or a user id, `channel` an id, a name, or `dm` for the direct message with the
 * bot. Everything resolves when the app has acked or failed to; what the app does afterwards is awaited by `settled`.
 * All throw HumanError, with a sentence, for what that person cannot do.
 */
export interface Human {
  /** A text that begins with `/` is a slash command; else a message, in which `@msops` is a mention. */
  say(as: string, channel: string, text: string | { text: string; threadTs: string }): Promise<Outcome>;
  /** @param action action id, `block_id/action_id`, what is written on the button, or its value */
  click(as: string, where: Where, action: string): Promise<Outcome>;
  /** Values by option value or by what is written on the option; dates as `2026-01-31`, people and channels by id. */
  select(as: string, where: Where, choice: { action: string; value: Answer }): Promise<Outcome>;
  /** Answers by block id, action id or label. The top modal unless an id is given. */
  submit(as: string, answers?: Answers, viewId?: string): Promise<Outcome>;
  close(as: string, options?: { viewId?: string | undefined; isAll?: boolean | undefined }): Promise<Outcome>;
  /** What an external select offers for a query. */
  suggest(as: string, where: Where, search: { action: string; query: string }): Promise<Outcome>;
  react(as: string, message: { channel: string; ts: string }, name: string): Promise<Outcome>;
  unreact(as: string, message: { channel: string; ts: string }, name: string): Promise<Outcome>;
  openHome(as: string): Promise<Outcome>;
  upload(as: string, channel: string, file: Upload): Promise<Outcome>;
  leave(as: string, channel: string): Promise<Outcome>;
  /** Removes the app from a channel. */
  removeApp(as: string, channel: string): Promise<Outcome>;
  /** Somebody's account is deactivated by an administrator of their company. */
  deactivate(as: string): Promise<Outcome>;
  /** Connects a channel with a company (team id); what administrators do. */
  share(channel: string, team: string): Promise<Outcome>;
  unshare(channel: string, team: string): Promise<Outcome>;
}

export function createHuman(deps: HumanDeps): Human {
  const { world } = deps;
  return {
    async say(as, channel, text) {
      const user = findPerson(world, as);
      const who = { user, channel: findChannel(world, user, channel) };
      const utterance = typeof text === 'string' ? { text, threadTs: undefined } : text;
      return utterance.text.startsWith('/')
        ? runSlashCommand(deps, { ...who, isThread: utterance.threadTs !== undefined }, utterance.text)
        : speak(deps, who, utterance);
    },
    click: (as, where, action) => click(deps, as, { where, action }),
    select: (as, where, choice) => select(deps, as, { where, ...choice }),
    submit: (as, answers, viewId) => submit(deps, as, { answers: answers ?? {}, viewId }),
    close: (as, options) => close(deps, as, options),
    suggest: async (as, where, { action, query }) => suggest(deps, findElement(world, as, { where, action }), query),
    react: (as, message, name) => react(deps, as, { ...message, name, change: 'add' }),
    unreact: (as, message, name) => react(deps, as, { ...message, name, change: 'remove' }),
    openHome: (as) => openHome(deps, as),
    upload: (as, channel, file) => upload(deps, as, { channel, file }),
    leave: (as, channel) => leave(deps, as, channel),
    removeApp: (as, channel) => removeApp(deps, as, channel),
    deactivate: (as) => deactivate(deps, as),
    share: (channel, team) => setShared(deps, { channel, team, isShared: true }),
    unshare: (channel, team) => setShared(deps, { channel, team, isShared: false }),
  };
}
