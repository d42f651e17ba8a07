import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../../../sandbox/mail/mail-server.ts';
import { anEmail, createTestCarrier, PASSWORD, PEOPLE, secretsOf, smtpGateway, verdict } from './mail-harness.ts';

describe('mail by SMTP', () => {
  const { mail } = createTestCarrier();
  let server: MailServer;

  beforeAll(async () => {
    server = await startMailServer({ password: PASSWORD, maxBytes: 20_000 });
  });
  afterEach(() => server.faults.heal());
  afterAll(() => server.stop());

  it('arrives with its incident, says that a machine sent it, and gives the id of the queue', async () => {
    const result = await mail([smtpGateway(server)]);
    expect(result).toEqual({
      kind: 'sent',
      by: `SMTP 127.0.0.1:${server.port}`,
      id: expect.stringMatching(/^[0-9A-F]{10}$/),
      rejected: [],
      passedOver: [],
    });
    const arrived = server.mails().at(-1);
    expect(arrived).toMatchObject({
      from: 'alerts@acme.example',
      to: PEOPLE,
      subject: 'FIRING: disk on gw-2',
      text: expect.stringContaining('97 % full'),
      html: expect.stringContaining('<b>/var</b>'),
      headers: { 'x-msops-incident': 'a-7f3', 'auto-submitted': 'auto-generated' },
    });
  });

  it('is the same mail when it is sent twice, and answers the first of its thread', async () => {
    await mail([smtpGateway(server)], anEmail(), 'a-7f3');
    await mail([smtpGateway(server)], anEmail(), 'a-7f3/resolved');
    await mail([smtpGateway(server)], anEmail(), 'a-7f3/resolved');
    const [first, answer, again] = server.mails().slice(-3);
    expect(first?.headers['message-id']).toMatch(/^<msops\.[0-9a-f]{32}@acme\.example>$/);
    expect(first?.headers).not.toHaveProperty('in-reply-to');
    expect(answer?.headers['in-reply-to']).toBe(first?.headers['message-id']);
    expect(answer?.headers.references).toBe(first?.headers['message-id']);
    expect(answer?.headers['message-id']).not.toBe(first?.headers['message-id']);
    expect(again?.headers['message-id']).toBe(answer?.headers['message-id']);
  });

  it('lets no line of a subject become a header, and reads no address as a list', async () => {
    const { mail: words } = anEmail();
    const content = anEmail({
      to: ['ops@acme.example'],
      mail: { ...words, subject: 'disk\r\nBcc: mallory@evil.example' },
    });
    await mail([smtpGateway(server)], content);
    expect(server.mails().at(-1)).toMatchObject({ to: ['ops@acme.example'] });
    expect(server.mails().at(-1)?.headers).not.toHaveProperty('bcc');
  });

  it('tells which recipient was refused though the mail was taken', async () => {
    server.faults.unknown.add('ops@acme.example');
    const result = await mail([smtpGateway(server)]);
    expect(result).toMatchObject({
      kind: 'sent',
      rejected: [{ recipient: 'ops@acme.example', reason: expect.stringContaining('550 5.1.1') }],
    });
    expect(server.mails().at(-1)?.to).toEqual(['dana@acme.example']);
  });

  it('refuses a mail that nobody there takes', async () => {
    for (const address of PEOPLE) {
      server.faults.unknown.add(address);
    }
    const result = await mail([smtpGateway(server)]);
    expect(verdict(result)).toBe('refused: unknown_recipient');
    expect(result).toMatchObject({ rejected: PEOPLE.map((recipient) => ({ recipient })) });
  });

  it.each([
    { what: 'refuses logins', fault: { refuseLogins: true }, told: 'refused: auth', advice: 'secret acme_smtp' },
    { what: 'says to try later', fault: { tryLater: true }, told: 'later: temporary', advice: 'tried again' },
    { what: 'filters', fault: { refuseContent: true }, told: 'refused: rejected_content', advice: 'its filter' },
  ])('of a server that $what it tells $told', async ({ fault, told, advice }) => {
    Object.assign(server.faults, fault);
    const result = await mail([smtpGateway(server)]);
    expect(verdict(result)).toBe(told);
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining(advice) } });
  });

  it('tells a mail that is too big, whether the server says its limit before or after', async () => {
    const { mail: words } = anEmail();
    const content = anEmail({ mail: { ...words, text: 'x'.repeat(30_000) } });
    expect(verdict(await mail([smtpGateway(server)], content))).toBe('refused: too_big');
  });

  it('tries again a server that is down, and one that is not in DNS', async () => {
    await server.faults.setDown(true);
    expect(verdict(await mail([smtpGateway(server)]))).toBe('later: refused_connection');
    expect(verdict(await mail([smtpGateway(server, { host: 'mail.invalid' })]))).toBe('later: dns');
  });

  it('trusts the authority of the file alone, which is read at each connection', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'msops-ca-'));
    const caFile = join(directory, 'ca.pem');
    const other = await startMailServer({ password: PASSWORD });
    writeFileSync(caFile, readFileSync(other.caFile));
    expect(verdict(await mail([smtpGateway(server, { caFile })]))).toBe('later: tls_untrusted');
    expect(verdict(await mail([smtpGateway(server, { caFile: undefined })]))).toBe('later: tls_untrusted');
    writeFileSync(caFile, readFileSync(server.caFile));
    expect(verdict(await mail([smtpGateway(server, { caFile })]))).toBe('sent');
    await other.stop();
    rmSync(directory, { recursive: true });
    expect(verdict(await mail([smtpGateway(server, { caFile })]))).toBe('refused: not_configured');
  });

  it('never sends in plain text, nor without the login', async () => {
    const plain = await startMailServer({ password: PASSWORD, security: 'none' });
    expect(verdict(await mail([smtpGateway(plain)]))).toBe('refused: no_starttls');
    expect(plain.mails()).toEqual([]);
    await plain.stop();
  });

  it('speaks TLS from the start where it is asked to, and says when a port is the wrong one', async () => {
    const wrapped = await startMailServer({ password: PASSWORD, security: 'tls' });
    expect(verdict(await mail([smtpGateway(wrapped, { security: 'tls' })]))).toBe('sent');
    expect(verdict(await mail([smtpGateway(server, { security: 'tls' })]))).toBe('later: tls_wrong_port');
    await wrapped.stop();
  });

  it.each([
    ['for another name', { names: ['mail.acme.example'] }, 'later: tls_wrong_name'],
    ['that has ended', { expiredAt: new Date('2020-01-01') }, 'later: tls_untrusted'],
  ] as const)('does not take a certificate %s', async (_, options, expected) => {
    const shown = await startMailServer({ password: PASSWORD, ...options });
    expect(verdict(await mail([smtpGateway(shown)]))).toBe(expected);
    await shown.stop();
  });

  it('says which variable is missing when there is no password', async () => {
    const { mail: without } = createTestCarrier({ secrets: secretsOf({}) });
    const result = await without([smtpGateway(server)]);
    expect(verdict(result)).toBe('refused: not_configured');
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('MSOPS_SECRET_ACME_SMTP') } });
  });

  it('keeps the password out of everything', async () => {
    server.faults.refuseLogins = true;
    const result = await mail([smtpGateway(server)]);
    expect(JSON.stringify(result)).not.toContain(PASSWORD);
    expect(JSON.stringify(result)).not.toContain(Buffer.from(PASSWORD).toString('base64'));
  });
});
