import { emailAskingView, emailNotBegunView, emailShownThereView } from '../../views/email-answer-views.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { type ChosenCustomer, channelFor, chooseCustomer, OneCustomer } from './email-customer.ts';

const CARD = 'email-verify';

export const emailVerify = defineCommand({
  verb: 'email verify',
  synopsis: '<customer>',
  summary:
    'Have the domain of a customer’s mails verified by Amazon SES: which DNS records to make, what is wrong with them, what is left of the 72 hours. Kept up to date.',
  example: 'email verify acme',
  permission: 'email.manage',
  auditAction: 'email.verify',
  options: {},
  args: OneCustomer,

  async run({ customer: typed }, context) {
    const chosen = chooseCustomer(typed, context);
    const { place } = context;
    await (place.kind === 'channel' ? verifyHere(chosen, place.channelId, context) : verifyThere(chosen, context));
  },
});

async function verifyHere({ customer }: ChosenCustomer, channelId: string, { services, answer }: CommandContext) {
  const key = answer.keyOf(CARD);
  await answer.edit(key, emailAskingView(customer.name));
  try {
    await services.emails.verify({ customer, card: { channelId, key } });
  } catch (error) {
    await answer.edit(key, emailNotBegunView(customer.name));
    throw error;
  }
}

/** A card is for all who have to do with it: asked for in a direct message, it goes to a channel of the customer. */
async function verifyThere(chosen: ChosenCustomer, context: CommandContext) {
  const { services, answer } = context;
  const { customer } = chosen;
  const channelId = channelFor(chosen, context);
  await services.emails.verify({ customer, card: { channelId, key: answer.keyOf(CARD) } });
  await answer.whisper(emailShownThereView(customer.name, channelId));
}
