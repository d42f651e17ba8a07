import { z } from 'zod';
import { LONGEST_REASON } from '../domain/reason.ts';
import { readHostList } from './command-arguments.ts';

const WHICH = 'Which rollout? Give its id, as its card shows it.';

/** `<id>` alone. */
export const OneRollout = z
  .object({
    words: z.tuple([z.string()], {
      error: ({ code }) => (code === 'too_big' ? 'One rollout at a time, please.' : WHICH),
    }),
  })
  .transform(({ words: [id] }) => ({ id }));

/** `<id> [--hosts a,b,…]`. Goes with `HOSTS_OPTION`. */
export const RolloutAndHosts = z
  .object({ words: z.tuple([z.string(WHICH)], z.string()), options: z.object({ hosts: z.string().optional() }) })
  .transform(({ words: [id, ...words], options }) => ({ id, hosts: readHostList(words, options.hosts) }));

/** `<environment> <reason…>`: the reason needs no quotes. */
export const EnvironmentAndReason = z
  .object({
    words: z.tuple([z.string('Which environment, and why?')], z.string()),
  })
  .refine(({ words: [, ...reason] }) => reason.join('').trim() !== '', 'Say why: the reason follows the environment.')
  .transform(({ words: [environment, ...reason] }) => ({
    environment,
    reason: reason.join(' ').slice(0, LONGEST_REASON),
  }));
