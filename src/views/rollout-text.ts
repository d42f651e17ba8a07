import type { Person } from '../domain/actor.ts';
import { listSome } from '../domain/list-some.ts';
import type { PlanProblem } from '../services/rollouts/host-change.ts';
import { describeHopFailure } from './hop-failure-words.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';

const NAMED_HOSTS = 8;
const LONGEST_HOST = 60;
const LONGEST_NAME = 80;
const LONGEST_SENTENCE = 400;
const LONGEST_QUOTE = 300;

/** `apim-1`, `apim-2` and 3 more. */
export function listHosts(names: readonly string[], most: number = NAMED_HOSTS): string {
  return listInCode(names, { most, longest: LONGEST_HOST });
}

/** @param longest of each, in characters. */
export function listInCode(names: readonly string[], { most, longest }: { most: number; longest: number }): string {
  const shown = names.map((name) => code(cut(name, longest)));
  return listSome(shown, most);
}

export function personName({ name }: Pick<Person, 'name'>): string {
  return `*${escapeMrkdwn(cut(name, LONGEST_NAME)).replaceAll(/[*`]/g, "'")}*`;
}

/** `A, B and C`. */
export function listed(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');
}

/** A line that a change or a host says; its code spans stay when they are closed. */
export function sentence(text: string): string {
  const escaped = escapeMrkdwn(cut(text, LONGEST_SENTENCE));
  return escaped.split('`').length % 2 === 0 ? escaped.replaceAll('`', "'") : escaped;
}

/** What a person typed, in their own words and without any markup that ends ours. */
export function quoted(text: string): string {
  return `“${escapeMrkdwn(cut(text, LONGEST_QUOTE)).replaceAll('`', "'")}”`;
}

/** One line for all hosts with the same problem; those of the whole plan name none. */
export function problemLines(problems: readonly PlanProblem[], icon: string): readonly string[] {
  const alike = [...Map.groupBy(problems, ({ text }) => text)];
  return alike.map(([text, about]) => {
    const hosts = about.flatMap(({ host }) => host ?? []);
    const names = hosts.length > 0 ? `${listHosts(hosts)}: ` : '';
    return `${icon} ${names}${wordsOf({ text, failure: about[0]?.failure })}`;
  });
}

/** What happened and what to do, where a hop failed. */
function wordsOf({ text, failure }: PlanProblem): string {
  if (failure === undefined) {
    return sentence(text);
  }
  const { what, next } = describeHopFailure(failure);
  return `${sentence(what)}\n      → ${sentence(next)}`;
}

/** A link that people can open; the words alone when the address is none. */
export function link(url: string | undefined, words: string): string {
  return url !== undefined && /^https?:\/\/[^\s<>|]{1,500}$/.test(url) ? `<${url}|${words}>` : words;
}
