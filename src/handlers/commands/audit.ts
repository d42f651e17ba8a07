import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { selectPerson } from '../../services/inventory/select-person.ts';
import { auditView } from '../../views/audit-view.ts';
import { defineCommand } from '../command-spec.ts';
import { selectOrReach } from '../select-or-reach.ts';

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

  async run({ since, who, env }, context) {
    const { services, answer, clock } = context;
    const { customers, environment } = selectOrReach(env, 'audit.read', context);
    const entries = await services.audit.list({
      customers,
      environment: environment?.name,
      // Nothing is older, and dates before our era are more than the store knows.
      since: new Date(Math.max(0, clock.now().getTime() - parseDuration(since))),
      actor: who === undefined ? undefined : selectPerson(who, customers, services.inventory.people()),
      limit: SHOWN_ENTRIES,
    });
    await answer.whisper(auditView(entries, since));
  },
});
