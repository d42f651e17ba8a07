import { z } from 'zod';
import type { Actor, CustomerScope, PersonId } from '../../domain/actor.ts';
import { parseDuration } from '../../domain/duration.ts';
import { UserError } from '../../domain/errors.ts';
import { auditView } from '../../views/audit-view.ts';
import { defineCommand } from '../command-spec.ts';

const SHOWN_ENTRIES = 30;

const AuditArguments = z
  .object({
    words: z.tuple([], 'The audit takes options only.'),
    options: z.object({
      since: z.string().default('24h'),
      who: z.string().optional(),
      env: z.string().optional(),
    }),
  })
  .transform(({ options }) => options);

export const audit = defineCommand({
  verb: 'audit',
  synopsis: '[--since 24h] [--who @person] [--env environment]',
  summary: 'Show who did what, on which hosts, with which result.',
  example: 'audit --since 7d --env acme/prod',
  permission: 'audit.read',
  auditAction: 'audit.read',
  options: { since: { type: 'string' }, who: { type: 'string' }, env: { type: 'string' } },
  args: AuditArguments,

  async run({ since, who, env }, { actor, place, services, answer, clock }) {
    const selection =
      env === undefined
        ? undefined
        : services.inventory.select({ actor, place, permission: 'audit.read', environment: env });
    const customers = selection
      ? [selection.customer]
      : services.inventory.reach({ actor, place, permission: 'audit.read' });
    const entries = await services.audit.list({
      customers,
      environment: selection?.environment.name,
      since: new Date(clock.now().getTime() - parseDuration(since)),
      actor: who === undefined ? undefined : findPerson(who, peopleWithin(customers, services.inventory.people())),
      limit: SHOWN_ENTRIES,
    });
    await answer.whisper(auditView(entries, since));
  },
});

/** Somebody who has to do with other customers only is not even named here. */
function peopleWithin(customers: CustomerScope, people: readonly Actor[]): readonly Actor[] {
  const isNear = (scope: CustomerScope): boolean =>
    customers === 'all' || scope === 'all' || scope.some((customer) => customers.includes(customer));
  return people.filter(({ grants }) => grants.some((grant) => isNear(grant.customers)));
}

/** A mention (`<@U…>` or `@name`), a display name or a person id. */
function findPerson(typed: string, people: readonly { id: PersonId; displayName: string }[]): PersonId {
  const wanted = /^<@([A-Z0-9]+)/.exec(typed)?.[1] ?? typed.replace(/^@/, '').toLowerCase();
  const found = people.filter(
    ({ id, displayName }) =>
      id.toLowerCase() === wanted.toLowerCase() ||
      id.endsWith(`:${wanted}`) ||
      displayName.toLowerCase().split(' ').concat(displayName.toLowerCase()).includes(wanted),
  );
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) {
    throw new UserError(only === undefined ? 'I do not know that person.' : 'More than one person has that name.', {
      hint: 'Mention them (`--who @name`) or give `T…:U…`.',
    });
  }
  return only.id;
}
