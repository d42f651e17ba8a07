import { z } from 'zod';
import type { CustomerScope, PersonId } from '../../domain/actor.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import type { GrantFilter } from '../../services/access/ports.ts';
import { selectPerson } from '../../services/inventory/select-person.ts';
import { echo, readTypedName } from '../../services/inventory/typed-name.ts';
import { accessListView } from '../../views/access-list-view.ts';
import { audienceOf } from '../access-find.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { customersHere } from '../customers-here.ts';
import { reachOrDeny } from '../reach-or-deny.ts';

const SHOWN_GRANTS = 60;
/** People as Slack mentions them, by account, or with an @ before their name. */
const PERSON = /^(?:<@|@|[TE][A-Z0-9]+:[UW])/i;

const MaybeNarrowed = z
  .object({ words: z.array(z.string()) })
  .transform(({ words }) => ({ typed: words.join(' ').trim() }));

export const accessList = defineCommand({
  verb: 'access list',
  synopsis: '[customer|environment|person]',
  summary: 'List who of a customer may read what, until when.',
  example: 'access list prod',
  permission: 'access.read',
  auditAction: 'access.list',
  options: {},
  args: MaybeNarrowed,

  async run({ typed }, context) {
    const { services, answer, touch } = context;
    const filter = typed === '' ? { customers: reachOrDeny('access.read', context) } : narrow(typed, context);
    touch({ customer: onlyOf(filter.customers), environment: filter.environment });
    const grants = await services.access.list({ ...filter, limit: SHOWN_GRANTS });
    const audience = audienceOf(filter.customers, context);
    await answer.whisper(accessListView({ grants, audience, of: typed === '' ? undefined : typed }));
  },
});

/** A customer, a person when it looks like one, an environment, or a person by name. */
function narrow(typed: string, context: CommandContext): GrantFilter {
  const customers = reachOrDeny('access.read', context);
  const id = readTypedName(typed);
  if (customersHere('access.read', context).some((customer) => customer.id === id)) {
    return { customers: [id] };
  }
  if (PERSON.test(typed)) {
    return { customers, person: personOf(typed, customers, context) };
  }
  return environmentFilter(typed, context) ?? { customers, person: personByName(typed, customers, context) };
}

function environmentFilter(typed: string, { actor, place, services }: CommandContext): GrantFilter | undefined {
  try {
    const asking = { actor, place, permission: 'access.read' } as const;
    const { customer, environment } = services.inventory.select({ ...asking, environment: typed });
    return { customers: [customer], environment: environment.name };
  } catch (error) {
    if (error instanceof UserError && !(error instanceof DeniedError)) {
      return undefined;
    }
    throw error;
  }
}

function personByName(typed: string, customers: CustomerScope, context: CommandContext): PersonId {
  try {
    return personOf(typed, customers, context);
  } catch (cause) {
    const hint = 'Mention a person (`@name`), or say a customer or an environment.';
    throw new UserError(`There is no customer, environment or person ${echo(typed)} here.`, { hint, cause });
  }
}

function personOf(typed: string, customers: CustomerScope, { services }: CommandContext): PersonId {
  return selectPerson(typed, customers, services.inventory.people());
}

function onlyOf(customers: CustomerScope): string | undefined {
  return customers !== 'all' && customers.length === 1 ? customers[0] : undefined;
}
