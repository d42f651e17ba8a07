import { z } from 'zod';
import { insteadOfDailyView, makingDigestView, noDigestView } from '../../views/digest-answer-views.ts';
import { dailyDigestView } from '../../views/digest-daily-view.ts';
import { weeklyDigestView } from '../../views/digest-weekly-view.ts';
import { oneEnvironment } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';
import { isAmongOurs } from '../find-alert.ts';

const DigestArguments = z
  .object({
    words: oneEnvironment(),
    options: z.object({ weekly: z.boolean().default(false) }),
  })
  .transform(({ words: [environment], options: { weekly } }) => ({ environment, weekly }));

const ANSWER = 'digest';

export const digest = defineCommand({
  verb: 'digest',
  synopsis: '<environment> [--weekly]',
  summary: 'Show how an environment stands and what waits, of the last day or the last week.',
  example: 'digest prod',
  permission: 'host.read',
  auditAction: 'digest.show',
  options: { weekly: { type: 'boolean' } },
  args: DigestArguments,

  async run({ environment: typed, weekly }, { actor, place, services, answer, touch }) {
    const asking = { actor, place, permission: 'host.read' } as const;
    const { customer, environment } = services.inventory.select({ ...asking, environment: typed });
    touch({ customer, environment: environment.name });
    if (!environment.production) {
      await answer.whisper(noDigestView(environment));
      return;
    }
    // Where a customer reads along, or asks, only what is meant for customers is even gathered.
    const isOurs = isAmongOurs([customer], { actor, place, services });
    const kind = weekly || !isOurs ? 'weekly' : 'daily';
    await answer.show(ANSWER, makingDigestView(environment));
    const made = await services.digests.make(environment, kind);
    const message = kind === 'daily' ? dailyDigestView(made) : weeklyDigestView(made);
    await answer.show(ANSWER, weekly || isOurs ? message : insteadOfDailyView(message));
  },
});
