import { z } from 'zod';
import { UserError } from '../../domain/errors.ts';
import type { Customer } from '../../domain/inventory.ts';
import { accessRequestCard, cardPostedView } from '../../views/access-answer-views.ts';
import { isSharedHere } from '../access-find.ts';
import { notOffered } from '../access-offer.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { customersHere } from '../customers-here.ts';

const Nothing = z.object({ words: z.tuple([], 'The card goes into the channel where you write this.') });

export const accessCard = defineCommand({
  verb: 'access card',
  synopsis: '',
  summary: 'Put a card with the button “Request access” into this shared channel, for the customer’s people.',
  example: 'access card',
  permission: 'access.manage',
  auditAction: 'access.card',
  options: {},
  args: Nothing,

  async run(_args, context) {
    const { place, outbox, answer, touch } = context;
    const customer = sharingCustomer(context);
    touch({ customer: customer.id });
    if (customer.access === undefined) {
      throw notOffered(customer);
    }
    const channelId = place.kind === 'channel' ? place.channelId : '';
    const message = accessRequestCard(customer);
    // One key a channel: said again, it is the same card.
    await outbox.put({ key: `access-card:${channelId}`, to: { kind: 'channel', channelId }, message });
    await answer.whisper(cardPostedView());
  },
});

/** @throws {UserError} when nobody's people read here. */
function sharingCustomer(context: CommandContext): Customer {
  const customers = customersHere('access.manage', context);
  const found = customers.find((customer) => isSharedHere(customer, context.place));
  if (found === undefined) {
    throw new UserError('This channel is not shared with a customer, so nobody here could use the card.', {
      hint: 'Write it in a channel that stands under `shared` in msops.yml.',
    });
  }
  return found;
}
