import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.ts';
import type { Permission, RoleTable } from '../../../src/domain/permission.ts';
import { askerOfCommand } from '../../../src/handlers/asker.ts';
import { emailStatus } from '../../../src/handlers/commands/email-status.ts';
import { emailTest } from '../../../src/handlers/commands/email-test.ts';
import { emailVerify } from '../../../src/handlers/commands/email-verify.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import { createCommandRunner } from '../../../src/handlers/run-command-line.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import type { TestMailRequest } from '../../../src/services/email-identities/send-test-mail.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld, type KnownPerson, theActor } from '../../support/world.ts';
import { emailFacts } from '../views/email-builders.ts';
import { CHANNELS } from './doors-of.ts';

const READ: readonly Permission[] = ['inventory.read'];
const ROLES: RoleTable = {
  operator: [...READ, 'email.manage', 'alert.manage'],
  approver: READ,
  customer: [...READ, 'email.manage'],
};

/** @param refusal What the service says to everything. */
function setUp(refusal?: string) {
  const calls: unknown[][] = [];
  const told: OutgoingMessage[] = [];
  const audit: AuditEvent[] = [];
  const called = async (...call: unknown[]) => {
    calls.push(call);
    if (refusal !== undefined) {
      throw new UserError(refusal);
    }
  };
  const emails = {
    verify: async ({ customer, card }: { customer: { id: string }; card: { channelId: string } }) =>
      called('verify', customer.id, card),
    async status({ id }: { id: string }, audience: string) {
      await called('status', id, audience);
      return { facts: emailFacts([{ kind: 'right' }]), addresses: [], more: 0 };
    },
    async test({ customer, address, audience, id, troubleThreads, tell }: TestMailRequest) {
      await called('test', customer.id, { address, audience, id, troubleThreads });
      await tell(['dana@acme.example']);
    },
  };
  const deps = {
    services: {
      inventory: createInventoryService({ config: () => aWorld({ roles: ROLES }) }),
      audit: { append: async (event: AuditEvent) => void audit.push(event) },
      emails,
    },
    outbox: { put: async (message: OutgoingMessage) => void told.push(message) },
    people: { teamOf: async () => undefined },
    clock: createFixedClock(),
    logger: createRecordingLogger(),
  } as unknown as HandlerDeps;
  const type = (as: KnownPerson, channelId: string, text: string) => {
    const [team_id = '', user_id = ''] = theActor(as).id.split(':');
    const asker = askerOfCommand({ team_id, user_id, channel_id: channelId, response_url: 'http://slack/r' });
    return createCommandRunner([emailVerify, emailStatus, emailTest], deps)({ text, asker, requestId: 'r-1' });
  };
  const last = () => told.at(-1)?.message.text ?? '';
  return { type, calls, told, audit, last };
}

const DIRECT = 'D0ALICE';

describe('/msops email verify', () => {
  it('shows a card in the channel where it was asked for', async () => {
    const { type, calls, told, audit } = setUp();
    await type('alice', CHANNELS.acmeOps, 'email verify acme');
    expect(calls).toEqual([['verify', 'acme', { channelId: CHANNELS.acmeOps, key: told[0]?.key }]]);
    expect(told[0]?.message.text).toContain('Asking Amazon SES');
    expect(audit).toMatchObject([{ action: 'email.verify', customer: 'acme' }]);
  });

  it('shows it in the ops channel when it was asked for in a direct message', async () => {
    const { type, calls, last } = setUp();
    await type('alice', DIRECT, 'email verify ACME');
    expect(calls).toMatchObject([['verify', 'acme', { channelId: CHANNELS.acmeOps }]]);
    expect(last()).toContain(`<#${CHANNELS.acmeOps}>`);
  });

  it('leaves no message behind that waits for ever', async () => {
    const { type, told } = setUp('`acme` sends its mails by SMTP');
    await type('alice', CHANNELS.acmeOps, 'email verify acme');
    const [asking, after] = [told[0], told.filter(({ key }) => key === told[0]?.key).at(-1)];
    expect(asking?.message.text).toContain('Asking');
    expect(after?.message.text).toContain('No verification');
  });

  it('gives the same answer for the name of another customer as for none', async () => {
    const said = async (name: string) => {
      const { type, calls, last } = setUp();
      await type('dana', CHANNELS.acmeShared, `email verify ${name}`);
      expect(calls).toEqual([]);
      return last().replaceAll(name, 'NAME');
    };
    expect(await said('globex')).toBe(await said('nobody'));
    expect(await said('globex')).toContain('There is no customer');
    expect(await said('globex')).not.toContain('initech');
  });

  it('keeps a channel to the customers that it is bound to', async () => {
    const { type, calls, last } = setUp();
    await type('alice', CHANNELS.acmeOps, 'email status globex');
    expect(calls).toEqual([]);
    expect(last()).toContain('Here there is `acme`');
    await type('alice', CHANNELS.opsAll, 'email status globex');
    expect(calls).toEqual([['status', 'globex', 'operations']]);
  });

  it('needs the permission, and one customer', async () => {
    const { type, calls, last } = setUp();
    await type('carol', CHANNELS.acmeOps, 'email verify acme');
    expect(last()).toContain('`email.manage` needs the role');
    await type('alice', CHANNELS.acmeOps, 'email verify');
    expect(last()).toContain('Which customer?');
    await type('alice', CHANNELS.acmeOps, 'email verify acme globex');
    expect(last()).toContain('One customer at a time');
    expect(calls).toEqual([]);
  });
});

describe('/msops email status and test', () => {
  it('tells a customer what is theirs', async () => {
    const { type, calls, told } = setUp();
    await type('dana', CHANNELS.acmeShared, 'email status acme');
    expect(calls).toEqual([['status', 'acme', 'customer']]);
    expect(JSON.stringify(told.at(-1)?.message)).not.toContain('Quota');
  });

  it('says that nothing is known when SES could not be asked', async () => {
    const { type, told } = setUp('SES is away');
    await type('alice', CHANNELS.acmeOps, 'email status acme');
    expect(told.filter(({ key }) => key === told[0]?.key).at(-1)?.message.text).toContain('Nothing is known');
  });

  it('asks for a test mail, with its troubles in the thread of the answer', async () => {
    const { type, calls, told } = setUp();
    await type('alice', CHANNELS.acmeOps, 'email test acme <mailto:dana@acme.example|dana@acme.example>');
    const threadOf = told.at(-1)?.key;
    expect(calls).toEqual([
      [
        'test',
        'acme',
        {
          address: 'dana@acme.example',
          audience: 'operations',
          id: expect.stringMatching(/^mt-[a-z2-9]{8}$/),
          troubleThreads: [{ channelId: CHANNELS.acmeOps, threadOf }],
        },
      ],
    ]);
    expect(told.at(-1)?.message.text).toContain('on its way');
  });

  it('tells troubles of a test mail to our people alone when a customer asks', async () => {
    const { type, calls, told } = setUp();
    await type('dana', CHANNELS.acmeShared, 'email test acme');
    const ours = [{ channelId: CHANNELS.acmeOps }, { channelId: CHANNELS.opsAll }];
    expect(calls).toMatchObject([['test', 'acme', { audience: 'customer', troubleThreads: ours }]]);
    expect(JSON.stringify(told.at(-1)?.message)).toContain('to our operations team');
  });

  it('says nothing of a mail that is refused', async () => {
    const { type, told, audit } = setUp('I send no mails to strangers');
    await type('alice', CHANNELS.acmeOps, 'email test acme mallory@evil.example');
    expect(told.map(({ message }) => message.text).join()).not.toContain('on its way');
    expect(audit).toMatchObject([{ action: 'email.test', customer: 'acme' }]);
  });
});
