import { z } from 'zod';
import { toPerson } from '../../domain/actor.ts';
import { accessEndedView } from '../../views/access-answer-views.ts';
import { LONGEST_REASON } from '../../views/access-request-modal.ts';
import { findManagedGrant } from '../access-find.ts';
import { defineCommand } from '../command-spec.ts';

/** The reason needs no quotes. */
const RevokeArguments = z
  .object({
    words: z.tuple([z.string('Which access? `access list` shows the ids.')], z.string()),
    options: z.object({ reason: z.string('Why? Say it like `--reason left the project`.') }),
  })
  .transform(({ words: [id, ...more], options: { reason } }) => ({ id, reason: [reason, ...more].join(' ').trim() }))
  .refine(({ reason }) => reason !== '', 'Why? Say it like `--reason left the project`.');

export const accessRevoke = defineCommand({
  verb: 'access revoke',
  synopsis: '<id> --reason <why…>',
  summary: 'End access now: sessions are ended, accounts are removed, roles are gone.',
  example: 'access revoke 7kq2m9xd --reason left the project',
  permission: 'access.manage',
  auditAction: 'access.revoke',
  options: { reason: { type: 'string' } },
  args: RevokeArguments,

  async run({ id, reason }, context) {
    const { actor, services, answer } = context;
    const { grant } = await findManagedGrant(id, context);
    const wish = { why: 'revoked', by: toPerson(actor), reason: reason.slice(0, LONGEST_REASON) } as const;
    await answer.whisper(accessEndedView(await services.access.end(grant.id, wish)));
  },
});
