import { describe, expect, it } from 'vitest';
import { foreignText } from '../../../../src/adapters/foreign-text.ts';
import { queueId } from '../../../../src/adapters/mail/queue-id.ts';
import { readSmtpTrouble, type SmtpError } from '../../../../src/adapters/mail/smtp-trouble.ts';
import { Secret } from '../../../../src/domain/secret.ts';

const SERVER = { port: 587, security: 'starttls' } as const;

function anError(command: string, response: string): SmtpError {
  const responseCode = Number(response.slice(0, 3));
  return Object.assign(new Error(response), { code: 'EENVELOPE', command, response, responseCode });
}

describe('readSmtpTrouble', () => {
  it.each([
    ['RCPT TO', '550 5.4.1 Recipient address rejected: Access denied', 'unknown_recipient', 'mail'],
    ['RCPT TO', '552 5.2.2 The email account is over quota', 'unknown_recipient', 'mail'],
    ['RCPT TO', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay_denied', 'gateway'],
    ['RCPT TO', '554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied', 'relay_denied', 'gateway'],
    ['MAIL FROM', '530 5.7.57 Client not authenticated to send mail', 'auth', 'gateway'],
    ['MAIL FROM', '530 5.7.0 Must issue a STARTTLS command first', 'no_starttls', 'gateway'],
    ['MAIL FROM', '552 5.3.4 Message size exceeds fixed limit', 'too_big', 'mail'],
    [
      'DATA',
      '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
      'identity_not_verified',
      'gateway',
    ],
    ['DATA', '554 Message rejected: Email address is not verified.', 'identity_not_verified', 'gateway'],
    ['DATA', '454 Throttling failure: Daily message quota exceeded.', 'quota', 'gateway'],
    ['AUTH PLAIN', '454 4.7.0 Temporary authentication failure', 'temporary', 'gateway'],
    ['CONN', '421 4.3.2 Service not available', 'temporary', 'gateway'],
    ['CONN', '554 5.7.1 No SMTP service here', 'other', 'gateway'],
  ])('reads the answer to %s: %s', (...[command, response, kind, about]) => {
    const isLasting = response.startsWith('5');
    expect(readSmtpTrouble(anError(command, response), SERVER)).toMatchObject({ class: kind, about, isLasting });
  });

  it.each([
    [{ code: 'ETIMEDOUT' }, 587, 'timeout'],
    [{ code: 'ETIMEDOUT' }, 465, 'tls_wrong_port'],
    [{ code: 'ECONNECTION' }, 587, 'temporary'],
    [{ code: 'ESOCKET', originalCode: 'ECONNRESET' }, 587, 'temporary'],
    [{ code: 'ESOCKET', originalCode: 'EHOSTUNREACH' }, 587, 'refused_connection'],
    [{ code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, 587, 'tls_untrusted'],
    [{ code: 'ESOCKET', originalCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 587, 'tls_untrusted'],
    [{ code: 'ESOCKET', originalCode: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }, 587, 'tls_wrong_port'],
    [{ code: 'ETLS' }, 587, 'tls_wrong_port'],
  ])('reads %o on port %d as %s', (fields, port, kind) => {
    const trouble = readSmtpTrouble(Object.assign(new Error('broken'), fields), { ...SERVER, port });
    expect(trouble).toMatchObject({ class: kind, about: 'gateway', isLasting: false });
  });
});

describe('queueId', () => {
  it.each([
    ['250 2.0.0 Ok: queued as D6FD823A629', 'D6FD823A629'],
    ['250 2.6.0 <x@y> [InternalId=4719772409856, Hostname=ex1] Queued mail for delivery', '4719772409856'],
    ['250 OK id=1tAbCd-0001yz-2B', '1tAbCd-0001yz-2B'],
    ['250 2.0.0 4AQ7Cxyz012345 Message accepted for delivery', '4AQ7Cxyz012345'],
    ['250 Ok 0102018f3c-6e6f-4a52-000000', '0102018f3c-6e6f-4a52-000000'],
    ['250 Thank you', undefined],
  ])('finds the id in "%s"', (response, id) => {
    expect(queueId(response)).toBe(id);
  });
});

describe('foreignText', () => {
  it('is one short line without secrets', () => {
    const said = foreignText(`535 no\r\n\u001b[31m hunter2-hunter2 ${'x'.repeat(500)}`, new Secret('hunter2-hunter2'));
    expect(said).toMatch(/^535 no \[31m \[secret\] x+…$/);
    expect(said.length).toBeLessThanOrEqual(200);
  });
});
