import { z } from 'zod';
import { accessOfferView } from '../../views/access-answer-views.ts';
import { isSharedHere } from '../access-find.ts';
import { notHere, notOffered } from '../access-offer.ts';
import { COMMAND } from '../catalog.ts';
import { defineCommand } from '../command-spec.ts';
import { customersHere } from '../customers-here.ts';

const VERBS = ['request', 'list', 'card', 'drift', 'revoke'];

const MaybeRequest = z
  .object({
    words: z
      .array(z.string())
      .refine(
        ([word = 'request', ...others]) => word.toLowerCase() === 'request' && others.length === 0,
        `There is ${VERBS.map((verb) => `\`${COMMAND} access ${verb}\``).join(', ')}.`,
      ),
  })
  .transform(() => ({}));

/** A mention opens no form: Slack gives it no trigger. So the answer has the button that does. */
export const accessRequest = defineCommand({
  verb: 'access',
  synopsis: '[request]',
  summary: 'Ask for read-only access for yourself: dashboards, logs, or a Linux account that can only read.',
  example: 'access request',
  permission: 'access.request',
  auditAction: 'access.offer',
  options: {},
  args: MaybeRequest,

  async run(_args, context) {
    const { place, answer, touch } = context;
    const customers = customersHere('access.request', context);
    const offered = customers.filter(({ access }) => access !== undefined);
    if (offered.length === 0) {
      throw notOffered({ name: customers.length === 1 ? (customers[0]?.name ?? '') : 'your company' });
    }
    const here = offered.filter((customer) => isSharedHere(customer, place));
    if (here.length === 0) {
      throw notHere();
    }
    touch({ customer: here[0]?.id });
    await answer.whisper(accessOfferView(here));
  },
});
