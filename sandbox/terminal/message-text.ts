import { objects } from '../slack/blocks/interactive.ts';
import type { PersonView, SeenMessage } from '../slack/http/person-view.ts';
import { timeOf } from '../slack/page/sight.ts';
import { blocksText } from './block-text.ts';
import { plainMrkdwn } from './plain-text.ts';

/** A message as somebody reads it: who, when, for whom, what; its replies below it, set in. */
export function messageText(message: SeenMessage, view: PersonView): string {
  const { author, isEphemeral, isEdited, blocks, text, files, reactions, notice, replies } = message;
  const marks = [
    author.isBot ? 'app' : undefined,
    isEphemeral ? `only visible to ${view.viewer.handle}` : undefined,
    isEdited ? 'edited' : undefined,
  ].filter((mark) => mark !== undefined);
  const body = [
    blocks.length > 0 ? blocksText(blocks, view) : plainMrkdwn(text, view),
    ...files.map((file) => `[file: ${String(file.name)}]`),
    reactions.map(({ name, users }) => `:${name}: ${users.length}`).join('  '),
    notice === undefined ? '' : `! ${notice}`,
    ...replies.map((reply) => messageText(reply, view)),
  ].filter((part) => part !== '');
  const heading = `${author.handle}  ${timeOf(message)}${marks.length > 0 ? `  (${marks.join(', ')})` : ''}`;
  return `${heading}\n${indent(body.join('\n'))}`;
}

/** The modal that is open for this person. */
export function modalText({ modal, ...view }: PersonView): string | undefined {
  if (modal === undefined) {
    return undefined;
  }
  const { title } = modal.view as { title?: { text?: string } };
  const errors = Object.entries(modal.errors).map(([block, problem]) => `! ${block}: ${problem}`);
  const body = [blocksText(objects(modal.view.blocks), view), ...errors, modal.notice ?? ''];
  return `Modal: ${title?.text ?? ''}\n${indent(body.filter((line) => line !== '').join('\n'))}`;
}

/** The app's Home tab as this person sees it. */
export function homeText({ home, ...view }: PersonView): string | undefined {
  return home && `Home:\n${indent(blocksText(objects(home.view.blocks), view))}`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
