import { describe, expect, it } from 'vitest';
import type { DeliveryContent } from '../../../../src/services/deliveries/delivery.ts';
import { alertMail } from '../../../../src/views/mail/alert-mail.ts';
import { lateContent } from '../../../../src/views/mail/late-content.ts';
import { NOW } from '../../../support/builders.ts';
import { ago } from '../rollout-builders.ts';
import { noticeFacts } from './notice-facts.ts';

const LATE = { since: ago(14), now: NOW, timeZone: 'Europe/Zurich', cause: 'both' } as const;

describe('lateContent', () => {
  it('says it first in the text and in the page of a mail', () => {
    const content: DeliveryContent = { kind: 'email', to: [], mail: alertMail(noticeFacts(), 't') };
    const { mail } = lateContent(content, LATE) as typeof content;
    const sentence =
      'This mail is 14 minutes late: neither Slack nor mail could be reached since 03:46 Europe/Zurich (02:46 UTC).';
    expect(mail.text.startsWith(`${sentence}\n\nCRITICAL acme/prod`)).toBe(true);
    expect(mail.html.indexOf(sentence)).toBeLessThan(mail.html.indexOf('CRITICAL ·'));
    expect(mail.subject).toBe(content.mail.subject);
  });

  it.each([
    ['way', 'mail could not be reached since'],
    ['nobody', 'msops could not send since'],
  ] as const)('blames Slack only when it was asked (%s)', (cause, words) => {
    const content: DeliveryContent = { kind: 'email', to: [], mail: alertMail(noticeFacts(), 't') };
    expect(JSON.stringify(lateContent(content, { ...LATE, cause }))).toContain(words);
  });

  it('says it in a word to phones, and nothing to programs', () => {
    const sms: DeliveryContent = { kind: 'sms', to: ['+1'], text: 'msops CRITICAL' };
    expect(lateContent(sms, LATE)).toEqual({ ...sms, text: '14 MINUTES LATE: msops CRITICAL' });
    const hook: DeliveryContent = { kind: 'webhook', webhook: 'pager', body: {} };
    expect(lateContent(hook, LATE)).toBe(hook);
  });
});
