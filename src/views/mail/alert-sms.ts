import type { NoticeFacts } from '../../services/deliveries/notice-ports.ts';
import { clean, cut } from '../mrkdwn.ts';
import { noticeHeadline } from './notice-headline.ts';
import { noticeLines } from './notice-lines.ts';

/** Two messages of a phone at most, while every character is one of theirs. */
const LONGEST = 300;

/** `msops CRITICAL acme/prod: disk filling up on apim-1: /var 93 % full [7kq2m9xd]`. */
export function alertSms(facts: NoticeFacts): string {
  const { label, ref, what } = noticeHeadline(facts);
  const [worst] = facts.group.endedAt === undefined && !facts.group.isTest ? noticeLines(facts) : [];
  const id = ` [${clean(facts.group.id)}]`;
  const text = `msops ${label} ${ref}: ${what}${worst === undefined ? '' : `: ${worst.text}`}`;
  return `${cut(text, LONGEST - id.length)}${id}`;
}
