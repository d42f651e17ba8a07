import { readFileSync } from 'node:fs';
import { createTransport, type SMTPTransportOptions } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../../../sandbox/mail/mail-server.ts';
import { createMailbox } from '../../../../sandbox/mail/mailbox.ts';

const MAIL = { from: 'alerts@acme.example', to: 'dana@acme.example', subject: 'disk', text: 'full' };

describe('mail server of the sandbox', () => {
  const mailbox = createMailbox();
  let server: MailServer;

  beforeAll(async () => {
    server = await startMailServer({ mailbox, label: 'acme' });
  });
  afterEach(() => server.faults.heal());
  afterAll(() => server.stop());

  function send(options: Partial<SMTPTransportOptions> = {}): Promise<unknown> {
    const { host, port, username, password, caFile } = server;
    const tls = { ca: readFileSync(caFile) };
    const auth = { user: username, pass: password };
    return createTransport({ host, port, requireTLS: true, tls, auth, ...options }).sendMail(MAIL);
  }

  it('keeps a mail that came by TLS and with a login, and says that it did', async () => {
    let told = 0;
    mailbox.onMail(() => {
      told += 1;
    });
    await send();
    expect(server.mails().at(-1)).toMatchObject({ by: 'acme', from: MAIL.from, to: [MAIL.to], subject: 'disk' });
    expect(told).toBe(1);
  });

  it('takes no mail without a login, and no login without TLS', async () => {
    await expect(send({ auth: undefined })).rejects.toMatchObject({ responseCode: 530 });
    await expect(send({ requireTLS: false, ignoreTLS: true })).rejects.toThrow();
    const { username: user } = server;
    await expect(send({ auth: { user, pass: 'wrong' } })).rejects.toMatchObject({ responseCode: 535 });
  });

  it('says what is wrong with it, and is well again when it is healed', async () => {
    Object.assign(server.faults, { refuseLogins: true, tryLater: true });
    server.faults.unknown.add('dana@acme.example');
    await server.faults.setDown(true);
    expect(server.faults.list()).toEqual([
      'stopped',
      'refuses logins',
      'says to try later',
      'does not know dana@acme.example',
    ]);
    await expect(send()).rejects.toMatchObject({ originalCode: 'ECONNREFUSED' });
    await server.faults.heal();
    expect(server.faults.list()).toEqual([]);
    await send();
  });
});
