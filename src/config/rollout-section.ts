import * as z from 'zod';
import { Duration, Name, oneOf, section } from './fields.ts';

const Count = z.int().min(0, 'must be 0 or more');
const Hosts = z
  .int()
  .min(1)
  .transform((hosts) => ({ hosts }));
const Share = z
  .string()
  .regex(/^(?:100|[1-9]\d?)%$/)
  .transform((share) => ({ percent: Number(share.slice(0, -1)) }));
const Wave = z.union([Hosts, Share], { error: 'must be a number of hosts, 1 or more, or a share from 1% to 100%' });
const Occasion = oneOf('occasion', ['needed', 'never']).optional();

/** What is left out is that of `defaults`, or of msops. */
export const RolloutSection = section({
  canary: Count.optional(),
  wave: Wave.optional(),
  max_failures: Count.optional(),
  max_failures_per_wave: Count.optional(),
  keep_running: z.record(Name, Count).optional(),
  start_deadline: Duration.optional(),
  observe: Duration.optional(),
  drain_deadline: Duration.optional(),
  change_deadline: Duration.optional(),
  package_lock_wait: Duration.optional(),
  maintenance: Duration.optional(),
  restart: Occasion,
  reboot: Occasion,
});
export type RolloutSection = z.infer<typeof RolloutSection>;
