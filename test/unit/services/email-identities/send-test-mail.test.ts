import { describe, expect, it } from 'vitest';
import { type TestMailRequest, testMail } from '../../../../src/services/email-identities/send-test-mail.ts';
import { emailTestMail } from '../../../../src/views/email-test-mail.ts';
import { NOW } from '../../../support/builders.ts';
import { anEmailCustomer } from './email-world.ts';

function ask(overrides: Partial<TestMailRequest> = {}) {
  const request: TestMailRequest = {
    customer: anEmailCustomer(),
    audience: 'operations',
    id: 'mt-7kq2m9xd',
    mail: emailTestMail({ customerName: 'Acme Bank', id: 'mt-7kq2m9xd', askedAt: NOW }),
    troubleThreads: [{ channelId: 'C0ACMEOPS', threadOf: 'k' }],
    tell: async () => {},
    ...overrides,
  };
  return testMail(request, NOW);
}

describe('testMail', () => {
  it('goes to every address that a rule names, each once', () => {
    expect(ask()).toMatchObject({
      key: 'email-test:mt-7kq2m9xd',
      incident: 'mt-7kq2m9xd',
      customer: 'acme',
      dueAt: NOW,
      content: { kind: 'email', to: ['oncall@meridian.example', 'Dana@acme.example'] },
      troubleThreads: [{ channelId: 'C0ACMEOPS', threadOf: 'k' }],
    });
  });

  it('goes to one of them, however it is written', () => {
    expect(ask({ address: 'DANA@acme.example' }).content.to).toEqual(['Dana@acme.example']);
  });

  it('goes to no stranger, and names nobody of ours to a customer', () => {
    expect(() => ask({ address: 'mallory@evil.example' })).toThrow('I send no mails to strangers');
    const hint = (audience: 'operations' | 'customer') => {
      try {
        ask({ audience, address: 'mallory@evil.example' });
      } catch (error) {
        return (error as { hint: string }).hint;
      }
    };
    expect(hint('operations')).toContain('`oncall@meridian.example`, `Dana@acme.example`');
    expect(hint('customer')).toBe('Those that rules name: `Dana@acme.example`.');
    expect(() => ask({ audience: 'customer', address: 'oncall@meridian.example' })).toThrow('strangers');
  });

  it('says what is missing', () => {
    expect(() => ask({ customer: anEmailCustomer({ receivers: undefined }) })).toThrow('no `receivers.mail`');
    expect(() => ask({ customer: anEmailCustomer({ environments: [] }) })).toThrow('No rule of `acme`');
  });
});

describe('emailTestMail', () => {
  it('says that it is nothing, and is safe in HTML', () => {
    const { subject, text, html, thread } = emailTestMail({ customerName: 'A & <b>', id: 'mt-1', askedAt: NOW });
    expect(subject).toBe('Test mail of msops for A & <b>');
    expect(text).toContain('Nothing has happened');
    expect(html).toContain('A &amp; &lt;b&gt;');
    expect(thread).toBe('mt-1');
  });
});
