import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../../sandbox/mail/certificates.ts';
import { until } from '../support/until.ts';
import {
  anEmail,
  createTestCarrier,
  type SmtpSettings,
  secretsOf,
  verdict,
} from '../unit/adapters/mail/mail-harness.ts';
import { type Postfix, startPostfix } from './postfix.ts';
import { DOMAIN, FOREIGN_SENDER, GREYLISTED, MAX_BYTES } from './postfix-settings.ts';

describe('mail through a real postfix', () => {
  const directory = mkdtempSync(join(tmpdir(), 'msops-ca-'));
  let postfix: Postfix;

  beforeAll(async () => {
    postfix = await startPostfix();
  });
  afterAll(() => {
    postfix.stop();
    rmSync(directory, { recursive: true });
  });

  function settings(overrides: Partial<SmtpSettings> = {}): SmtpSettings {
    const { caFile, username, ports } = postfix;
    const port = ports.submission;
    return {
      kind: 'smtp',
      host: '127.0.0.1',
      port,
      security: 'starttls',
      username,
      password: 'acme_smtp',
      caFile,
      ...overrides,
    };
  }

  function send(gateway: SmtpSettings, content = anEmail(), from = `alerts@${DOMAIN}`) {
    const { send: carry } = createTestCarrier({
      secrets: secretsOf({ acme_smtp: postfix.password, wrong: 'not-the-password' }),
    });
    return carry({ mail: { from, gateways: [gateway] } }, content);
  }

  function to(...recipients: readonly string[]) {
    return anEmail({ to: recipients });
  }

  it.each(['starttls', 'tls'] as const)('is taken by %s, and the log has its id with status=sent', async (security) => {
    const port = security === 'tls' ? postfix.ports.submissions : postfix.ports.submission;
    const result = await send(settings({ security, port }));
    expect(result).toMatchObject({ kind: 'sent', rejected: [], id: expect.stringMatching(/^\w{6,}$/) });
    const id = result.kind === 'sent' ? result.id : undefined;
    for (const recipient of anEmail().to) {
      const delivered = new RegExp(`${id}: to=<${recipient}>.*dsn=2\\.0\\.0, status=sent`);
      await until(`${recipient} has it`, () => delivered.test(postfix.log()));
    }
  });

  it('tells a wrong password', async () => {
    const result = await send(settings({ password: 'wrong' }));
    expect(verdict(result)).toBe('refused: auth');
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('535 5.7.8') } });
    expect(JSON.stringify(result)).not.toContain('not-the-password');
  });

  it('tells a server without STARTTLS, and logs in nowhere in plain text', async () => {
    expect(verdict(await send(settings({ port: postfix.ports.plain })))).toBe('refused: no_starttls');
  });

  it('gives no mail to a server that takes no login, though it would carry it', async () => {
    const port = postfix.ports.withoutLogin;
    expect(verdict(await send(settings({ port })))).toBe('refused: auth');
    expect(verdict(await send(settings({ port, username: undefined, password: undefined })))).toBe('sent');
  });

  it('tells a port that does not speak TLS from the start', async () => {
    expect(verdict(await send(settings({ security: 'tls' })))).toBe('later: tls_wrong_port');
  });

  it('tells a relay that does not carry for us', async () => {
    const anonymous = settings({ username: undefined, password: undefined });
    const result = await send(anonymous, to('x@example.com'));
    expect(verdict(result)).toBe('refused: relay_denied');
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('Relay access denied') } });
  });

  it('tells an unknown recipient, alone and beside one that is known', async () => {
    const result = await send(settings(), to(`nobody-here@${DOMAIN}`));
    expect(verdict(result)).toBe('refused: unknown_recipient');
    const partly = await send(settings(), to(`nobody-here@${DOMAIN}`, `dana@${DOMAIN}`));
    expect(partly).toMatchObject({
      kind: 'sent',
      rejected: [{ recipient: `nobody-here@${DOMAIN}`, reason: expect.stringContaining('550 5.1.1') }],
    });
  });

  it('tells a mail that is too big', async () => {
    const { mail } = anEmail();
    const big = anEmail({ mail: { ...mail, text: 'x'.repeat(MAX_BYTES) } });
    expect(verdict(await send(settings(), big))).toBe('refused: too_big');
  });

  it('tells a mail that a filter refuses', async () => {
    const { mail } = anEmail();
    const spam = anEmail({ mail: { ...mail, subject: 'You have won the lottery' } });
    expect(verdict(await send(settings(), spam))).toBe('refused: rejected_content');
  });

  it('tells a sender that is not ours', async () => {
    expect(verdict(await send(settings(), anEmail(), FOREIGN_SENDER))).toBe('refused: identity_not_verified');
  });

  it('tries again what is refused for now', async () => {
    expect(verdict(await send(settings(), to(GREYLISTED)))).toBe('later: temporary');
  });

  it('tells a certificate of nobody we trust, and one of another name', async () => {
    const caFile = join(directory, 'other.pem');
    writeFileSync(caFile, createAuthority('Another authority').certificate);
    expect(verdict(await send(settings({ caFile })))).toBe('later: tls_untrusted');
    expect(verdict(await send(settings({ caFile: undefined })))).toBe('later: tls_untrusted');
    expect(verdict(await send(settings({ host: 'localhost' })))).toBe('later: tls_wrong_name');
  });

  it('tells a port where nobody listens, and a name that is not in DNS', async () => {
    expect(verdict(await send(settings({ port: 1 })))).toBe('later: refused_connection');
    expect(verdict(await send(settings({ host: 'mail.invalid' })))).toBe('later: dns');
  });
});
