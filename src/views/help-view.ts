import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code, escapeMrkdwn } from './mrkdwn.ts';
import { said } from './said.ts';

const COMMAND_SECTIONS = 10;

/** What help shows of a command. */
export interface CommandHelp {
  /** With the slash command: `/msops status <environment> [host…]`. */
  readonly usage: string;
  readonly summary: string;
  /** Without the slash command: `status prod`. */
  readonly example: string;
}

/** @param commands that the person may use here, and no others. */
export function helpView(commands: readonly CommandHelp[]): Message {
  if (commands.length === 0) {
    return said('There is nothing that you may do here. Ask whoever runs msops for a role, or try another channel.');
  }
  const text = 'What you may do here';
  const blocks = [
    section(`*${text}*`),
    ...packLines(commands.map(describeCommand), COMMAND_SECTIONS).sections,
    context(
      `${code('<…>')} is needed, ${code('[…]')} may be left out. ${code(`${COMMAND_WORD} help <command>`)} shows one command.`,
    ),
  ] satisfies KnownBlock[];
  return { text: `${text}: ${commands.map(({ usage }) => escapeMrkdwn(usage)).join(', ')}`, blocks };
}

function describeCommand({ usage, summary, example }: CommandHelp): string {
  return `${code(usage)}\n${escapeMrkdwn(summary)} For example ${code(`${COMMAND_WORD} ${example}`)}\n`;
}
