import { shortId } from '../../domain/short-id.ts';
import { emailTestMail, emailTestView } from '../../views/email-test-mail.ts';
import { defineCommand } from '../command-spec.ts';
import { CustomerAndAddress, channelFor, chooseCustomer } from './email-customer.ts';

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
    const { services, answer, clock, place } = context;
    const chosen = chooseCustomer(typed, context);
    const { customer, audience } = chosen;
    const id = `mt-${shortId(answer.keyOf(ANSWER))}`;
    const channelId = channelFor(chosen, context);
    const threadOf = place.kind === 'channel' ? answer.keyOf(ANSWER) : undefined;
    await services.emails.test({
      ...{ customer, address, audience, id },
      mail: emailTestMail({ customerName: customer.name, id, askedAt: clock.now() }),
      troubleThreads: [{ channelId, threadOf }],
      tell: (to) => answer.show(ANSWER, emailTestView(to, { id, hasThread: threadOf !== undefined })),
    });
  },
});
