import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Aws, startAws } from '../../../../sandbox/aws/start-aws.ts';
import { type MailServer, startMailServer } from '../../../../sandbox/mail/mail-server.ts';
import { carryMail } from '../../../../src/adapters/mail/mail-carrier.ts';
import { clientsOf } from './local-aws.ts';
import { anEmail, createTestCarrier, PASSWORD, PEOPLE, secretsOf, smtpGateway, verdict } from './mail-harness.ts';

const SES = { kind: 'ses', region: 'eu-west-1' } as const;

describe('gateways of a customer', () => {
  let server: MailServer;
  let aws: Aws;

  beforeAll(async () => {
    [server, aws] = await Promise.all([startMailServer({ password: PASSWORD }), startAws()]);
    aws.identities.verify('acme.example', SES.region);
    Object.assign(aws.ses(SES.region), { productionAccess: true, maxPerSecond: 1_000 });
  });
  afterEach(async () => {
    Object.assign(aws.ses(SES.region), { productionAccess: true });
    aws.faults.clear();
    await server.faults.heal();
  });
  afterAll(() => Promise.all([server.stop(), aws.stop()]));

  function carrier() {
    return createTestCarrier({ aws: clientsOf(aws) });
  }

  it('are asked in order, and the second not at all when the first takes the mail', async () => {
    const before = aws.mails().length;
    expect(await carrier().mail([smtpGateway(server), SES])).toMatchObject({ by: `SMTP 127.0.0.1:${server.port}` });
    expect(aws.mails()).toHaveLength(before);
  });

  it.each([
    { what: 'is down', fault: () => server.faults.setDown(true), why: 'cannot be connected to' },
    { what: 'refuses the login', fault: () => Object.assign(server.faults, { refuseLogins: true }), why: 'the login' },
    { what: 'says to try later', fault: () => Object.assign(server.faults, { tryLater: true }), why: 'try later' },
  ])('pass the mail on when the first $what, and say why', async ({ fault, why }) => {
    await fault();
    const result = await carrier().mail([smtpGateway(server), SES]);
    expect(result).toMatchObject({ kind: 'sent', by: 'SES eu-west-1', passedOver: [expect.stringContaining(why)] });
  });

  it('do not pass on a mail that is refused for its recipients or its content', async () => {
    server.faults.refuseContent = true;
    expect(verdict(await carrier().mail([smtpGateway(server), SES]))).toBe('refused: rejected_content');
    await server.faults.heal();
    for (const address of PEOPLE) {
      server.faults.unknown.add(address);
    }
    expect(verdict(await carrier().mail([smtpGateway(server), SES]))).toBe('refused: unknown_recipient');
  });

  it('hand on the recipients that the first would take later, and those alone', async () => {
    server.faults.greylisted.add('ops@acme.example');
    const result = await carrier().mail([smtpGateway(server), SES]);
    expect(result).toMatchObject({ by: `SMTP 127.0.0.1:${server.port} and SES eu-west-1`, rejected: [] });
    expect(server.mails().at(-1)?.to).toEqual(['dana@acme.example']);
    expect(aws.mails().at(-1)?.recipients).toEqual(['ops@acme.example']);
    const alone = await carrier().mail([smtpGateway(server)]);
    expect(alone).toMatchObject({
      kind: 'sent',
      rejected: [{ recipient: 'ops@acme.example', reason: expect.stringContaining('450 4.2.0') }],
    });
  });

  it('pass on from SES too, when it has paused sending', async () => {
    aws.faults.add({ code: 'SendingPausedException', times: 1 });
    const result = await carrier().mail([SES, smtpGateway(server)]);
    expect(result).toMatchObject({ kind: 'sent', passedOver: [expect.stringContaining('paused sending')] });
  });

  it('are tried again when SES may not send to the recipient and the other may do so later', async () => {
    Object.assign(aws.ses(SES.region), { productionAccess: false });
    server.faults.tryLater = true;
    const strangers = anEmail({ to: ['oncall@meridian.example'] });
    const result = await carrier().mail([smtpGateway(server), SES], strangers);
    expect(result).toMatchObject({ kind: 'later', trouble: { text: expect.stringMatching(/451.*in its sandbox/) } });
  });

  it('pass on whom SES may not send to in its sandbox, and those alone', async () => {
    Object.assign(aws.ses(SES.region), { productionAccess: false });
    const both = anEmail({ to: ['dana@acme.example', 'oncall@meridian.example'] });
    const result = await carrier().mail([SES, smtpGateway(server)], both);
    expect(result).toMatchObject({ by: `SES eu-west-1 and SMTP 127.0.0.1:${server.port}`, rejected: [] });
    expect(aws.mails().at(-1)?.recipients).toEqual(['dana@acme.example']);
    expect(server.mails().at(-1)?.to).toEqual(['oncall@meridian.example']);
  });

  it('are all tried again while one of them may take it by itself, and every reason is told', async () => {
    server.faults.refuseLogins = true;
    aws.faults.add({ code: 'SendingPausedException', times: 1 });
    const result = await carrier().mail([smtpGateway(server), SES]);
    expect(verdict(result)).toBe('later: sending_paused');
    expect(result).toMatchObject({ trouble: { text: expect.stringMatching(/refused the login.*paused sending/) } });
  });

  it('share the time: one that says nothing leaves enough for the next', async () => {
    const silent = await listenSilently();
    const result = await carryMail(
      { secrets: secretsOf({ acme_smtp: PASSWORD }), aws: clientsOf(aws) },
      {
        content: anEmail(),
        envelope: {
          key: 'a-7f3',
          incident: 'a-7f3',
          customer: {
            id: 'acme',
            receivers: {
              webhooks: [],
              mail: { from: 'alerts@acme.example', gateways: [{ ...smtpGateway(server), port: silent.port }, SES] },
            },
          },
        },
      },
      3_000,
    );
    expect(result).toMatchObject({ kind: 'sent', passedOver: [expect.stringContaining('did not answer in time')] });
    silent.stop();
  });

  it('are missing for a customer without them', async () => {
    const result = await carrier().send({}, anEmail());
    expect(verdict(result)).toBe('refused: not_configured');
    expect(result).toMatchObject({ trouble: { text: expect.stringContaining('receivers.mail') } });
  });
});

async function listenSilently(): Promise<{ port: number; stop(): void }> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => sockets.push(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
    },
  };
}
