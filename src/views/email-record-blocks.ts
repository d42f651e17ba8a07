import type { KnownBlock } from '@slack/types';
import type { DkimRecord } from '../services/email-identities/email-verification.ts';
import { section } from './blocks.ts';
import { code, escapeMrkdwn } from './mrkdwn.ts';

/** Each record with what is right or wrong about it, in a form that can be copied. */
export function recordBlocks(records: readonly DkimRecord[]): readonly KnownBlock[] {
  return records.map((record, index) => {
    const { icon, says } = readingWords(record);
    return section(`${icon} *Record ${index + 1} of ${records.length}* ${says}\n${copyable(record)}`);
  });
}

/** What the DNS says of a record, and what to do about it. */
function readingWords({ name, target, reading }: DkimRecord): { readonly icon: string; readonly says: string } {
  switch (reading.kind) {
    case 'right':
      return { icon: '✅', says: 'is right.' };
    case 'missing':
      return { icon: '❌', says: 'is missing: the DNS knows no such name. Make it.' };
    case 'other_type':
      return {
        icon: '❌',
        says: 'is missing: there is such a name, but with records of another type. Make it a CNAME.',
      };
    case 'elsewhere':
      return { icon: '❌', says: `points elsewhere: to ${code(reading.target)}. Correct its value.` };
    case 'target_doubled':
      return {
        icon: '❌',
        says: `has the domain behind its value: it points to ${code(reading.target)}. Put a dot at the end of the value: ${code(`${target}.`)}`,
      };
    case 'name_doubled':
      return {
        icon: '❌',
        says: `was made at the wrong name: ${code(reading.at)}. The DNS panel adds the domain by itself, so enter only ${code(withoutDomain(name))} as its name.`,
      };
    case 'unknown':
      return { icon: '❔', says: 'is unknown: the DNS gave no answer just now. It is asked again.' };
  }
}

function copyable({ name, target }: DkimRecord): string {
  return ['```', `Name   ${escapeMrkdwn(name)}`, 'Type   CNAME', `Value  ${escapeMrkdwn(target)}`, '```'].join('\n');
}

/** `<token>._domainkey`, as panels want it that add the domain. */
function withoutDomain(name: string): string {
  return name.slice(0, name.indexOf('._domainkey') + '._domainkey'.length);
}
