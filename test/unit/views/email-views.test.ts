import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { Audience, DkimReading, EmailFacts } from '../../../src/services/email-identities/email-verification.ts';
import { emailEndedView, emailReminderView } from '../../../src/views/email-reminder-view.ts';
import { emailStatusView } from '../../../src/views/email-status-view.ts';
import { emailTestView, type TroublesAt } from '../../../src/views/email-test-mail.ts';
import { emailVerificationView } from '../../../src/views/email-verification-view.ts';
import { NOW } from '../../support/builders.ts';
import { anAccount, anIdentity, aVerification, emailFacts } from './email-builders.ts';
import { wordsOf } from './message-parts.ts';

const RIGHT: DkimReading = { kind: 'right' };
const MISSING: DkimReading = { kind: 'missing' };
const UNKNOWN: DkimReading = { kind: 'unknown' };
const ALL: readonly DkimReading[] = [
  RIGHT,
  MISSING,
  UNKNOWN,
  { kind: 'other_type' },
  { kind: 'elsewhere', target: 'parking.example' },
  { kind: 'target_doubled', target: 'x.acme.example' },
  { kind: 'name_doubled', at: 't1._domainkey.acme.example.acme.example' },
];
const hours = (left: number) => ({ endsAt: new Date(NOW.getTime() + left * 3_600_000) });

describe('emailVerificationView', () => {
  const card = (...[readings, overrides]: Parameters<typeof emailFacts>) =>
    wordsOf(emailVerificationView(emailFacts(readings, overrides), 'operations'));

  it('gives the records in a form that can be copied, whatever is wrong with them', () => {
    const message = emailVerificationView(emailFacts(ALL), 'operations');
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(wordsOf(message)).toContain(
      '```\nName   t2._domainkey.acme.example\nType   CNAME\nValue  t2.x7.dkim.eu-central-1.amazonses.com\n```',
    );
  });

  it('says how long SES still looks', () => {
    expect(card([MISSING])).toContain('⏳ 62 h left');
    expect(card([MISSING], hours(0.5))).toContain('⏳ 30 min left');
    expect(card([MISSING], hours(-1))).toContain('The 72 hours ended');
    expect(card([MISSING], { verification: undefined, endsAt: undefined })).not.toContain('⏳');
  });

  it('says what to do next', () => {
    const next = (...asked: Parameters<typeof card>) => /👉 .*/.exec(card(...asked))?.[0];
    expect(next([RIGHT, MISSING])).toContain('Make the records that are not right yet');
    expect(next([RIGHT, RIGHT])).toContain('SES finds them by itself');
    expect(next([RIGHT, UNKNOWN])).toContain('nothing is known to be wrong');
    expect(next([], { identity: anIdentity({ status: 'SUCCESS' }) })).toContain('`/msops email test acme`');
    expect(next([MISSING], { identity: anIdentity({ status: 'FAILED' }) })).toContain('begins anew');
    expect(next([], { identity: undefined })).toContain('`/msops email verify acme` begins');
    expect(next([], { identity: undefined, trouble: 'away' })).toContain('asked again');
  });

  it('tells what SES says, in words and in its own', () => {
    expect(card([MISSING], { identity: anIdentity({ errorType: 'INVALID_VALUE' }) })).toContain(
      'it found a CNAME with another value (`INVALID_VALUE`)',
    );
    expect(card([MISSING], { identity: anIdentity({ errorType: 'BRAND_NEW' }) })).toContain('(`BRAND_NEW`)');
    expect(card([], { identity: undefined, trouble: 'SES is away <!channel>' })).toContain('&lt;!channel&gt;');
  });

  it('tells what the account may send, to our own people alone', () => {
    const limited = anAccount({
      ...{ productionAccess: false, sendingEnabled: false, enforcement: 'PROBATION' },
      ...{ max24Hours: 200, sentLast24Hours: 190 },
    });
    const words = card([MISSING], { account: limited });
    expect(words).toContain('190 of 200 recipients used');
    expect(words).toMatch(/sandbox of SES[\s\S]*Sending is paused[\s\S]*`PROBATION`[\s\S]*nearly used up/);
    expect(card([MISSING], { account: undefined })).toContain('is unknown');
    expect(card([MISSING], { account: anAccount({ max24Hours: -1 }) })).toContain('no daily limit');
    const facts = emailFacts([MISSING], { account: limited, trouble: 'arn:aws:x', identity: undefined });
    expect(wordsOf(emailVerificationView(facts, 'customer'))).not.toMatch(/recipients|sandbox|PROBATION|arn:/);
  });

  it('tells people without our slash command how to ask, and says when SES names no records', () => {
    const facts = emailFacts([], { identity: undefined });
    expect(wordsOf(emailVerificationView(facts, 'customer'))).toContain('`@msops email verify acme` begins');
    expect(card([])).toContain('has named no records');
  });
});

describe('emailReminderView and emailEndedView', () => {
  it('name the records that are wrong, and how long there is', () => {
    const message = emailReminderView(emailFacts([RIGHT, MISSING, UNKNOWN]), 24);
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(message.text).toBe('⏰ 24 hours left to verify acme.example');
    expect(wordsOf(message)).toContain('1 of 3 are right already');
    expect(wordsOf(message)).not.toContain('t1._domainkey');
    expect(wordsOf(message)).toContain('t2._domainkey');
  });

  it('say how it ended and what to do then', () => {
    const ended = (outcome: 'verified' | 'expired' | 'withdrawn') => {
      const facts = emailFacts([], {
        verification: aVerification({ outcome }),
        account: anAccount({ productionAccess: false }),
      });
      expect(checkBlocks(emailEndedView(facts, 'operations').blocks, 'message')).toEqual([]);
      return (['operations', 'customer'] as const).map((audience) => wordsOf(emailEndedView(facts, audience)));
    };
    expect(ended('verified')[0]).toMatch(/acme\.example is verified[\s\S]*sandbox/);
    expect(ended('verified')[1]).not.toContain('sandbox');
    expect(ended('expired')[0]).toMatch(/was not verified[\s\S]*`\/msops email verify acme` begins anew/);
    expect(ended('withdrawn')[0]).toContain('does not know the domain any more');
  });
});

describe('emailStatusView', () => {
  it('tells of each address whether SES drops what goes to it', () => {
    const states = (['no', 'BOUNCE', 'COMPLAINT', 'unknown'] as const).map((suppressed) => ({
      address: `${suppressed.toLowerCase()}@acme.example`,
      suppressed,
    }));
    const message = emailStatusView({ facts: emailFacts([RIGHT]), addresses: states, more: 3 }, 'operations');
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(wordsOf(message)).toMatch(
      /`no@acme.example` ✅[\s\S]*`bounce@acme.example` ⛔[\s\S]*`complaint@acme.example` ⛔[\s\S]*`unknown@acme.example` ❔[\s\S]*3 more were not looked at/,
    );
  });

  it('promises mails to nobody whom an account in the sandbox of SES may not write to', () => {
    const addresses = ['dana@acme.example', 'ops@mail.acme.example', 'oncall@meridian.example'].map((address) => ({
      ...{ address, suppressed: 'no' as const },
    }));
    const words = (...[overrides, audience = 'operations']: [Partial<EmailFacts>, Audience?]) =>
      wordsOf(emailStatusView({ facts: emailFacts([RIGHT], overrides), addresses, more: 0 }, audience));
    const identity = anIdentity({ status: 'SUCCESS' });
    const account = anAccount({ productionAccess: false });
    expect(words({ identity, account })).toMatch(
      /dana@acme.example` ✅[\s\S]*acme.example` ✅[\s\S]*meridian.example` 🏖️/,
    );
    expect(words({ account })).toMatch(/dana@acme.example` 🏖️/);
    expect(words({ identity })).toMatch(/meridian.example` ✅/);
    expect(words({ account }, 'customer')).not.toContain('🏖️');
  });

  it('fits into one message with twenty addresses and every record wrong', () => {
    const addresses = Array.from({ length: 20 }, (_, index) => ({
      address: `${'a'.repeat(200)}${index}@acme.example`,
      suppressed: 'BOUNCE' as const,
    }));
    const message = emailStatusView({ facts: emailFacts(ALL), addresses, more: 0 }, 'operations');
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(wordsOf(message)).toMatch(/\d+ more were not looked at|a19@acme/);
  });
});

describe('emailTestView', () => {
  it('says to whom, and where troubles are told', () => {
    const words = (troublesAt: TroublesAt) => wordsOf(emailTestView(['dana@acme.example'], { id: 'mt-1', troublesAt }));
    expect(words('thread')).toMatch(/1 recipient: `dana@acme.example`[\s\S]*in the thread of this message/);
    expect(words('channel')).toContain('in the channel of the customer');
    expect(words('operations')).toContain('to our operations team');
  });
});
