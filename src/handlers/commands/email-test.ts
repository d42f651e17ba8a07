import { shortId } from '../../domain/short-id.ts';
import type { TestMailRequest } from '../../services/email-identities/send-test-mail.ts';
import { emailTestMail, emailTestView, type TroublesAt } from '../../views/email-test-mail.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { type ChosenCustomer, CustomerAndAddress, channelFor, chooseCustomer } from './email-customer.ts';

const ANSWER = 'email-test';

export const emailTest = defineCommand({
  verb: 'email test',
  synopsis: '<customer> [address]',
  summary: 'Send a test mail the whole way, to one or all of the addresses that rules of the customer name.',
  example: 'email test acme',
  permission: 'email.manage',
  auditAction: 'email.test',
  options: {},
  args: CustomerAndAddress,

  async run({ customer: typed, address }, context) {
    const { services, answer, clock } = context;
    const chosen = chooseCustomer(typed, context);
    const { customer, audience } = chosen;
    const id = `mt-${shortId(answer.keyOf(ANSWER))}`;
    const { troublesAt, troubleThreads } = troublesOf(chosen, context);
    await services.emails.test({
      ...{ customer, address, audience, id, troubleThreads },
      mail: emailTestMail({ customerName: customer.name, id, askedAt: clock.now() }),
      tell: (to) => answer.show(ANSWER, emailTestView(to, { id, troublesAt })),
    });
  },
});

interface Troubles {
  readonly troublesAt: TroublesAt;
  readonly troubleThreads: TestMailRequest['troubleThreads'];
}

/** What gateways refuse names accounts and servers of ours, so it is told where no customer reads it. */
function troublesOf(chosen: ChosenCustomer, context: CommandContext): Troubles {
  const { customer, audience } = chosen;
  if (audience === 'customer') {
    const ops = customer.channels.filter(({ kind }) => kind === 'ops');
    return { troublesAt: 'operations', troubleThreads: ops.map(({ channelId }) => ({ channelId })) };
  }
  const channelId = channelFor(chosen, context);
  return context.place.kind === 'channel'
    ? { troublesAt: 'thread', troubleThreads: [{ channelId, threadOf: context.answer.keyOf(ANSWER) }] }
    : { troublesAt: 'channel', troubleThreads: [{ channelId }] };
}
