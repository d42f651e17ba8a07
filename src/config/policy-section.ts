import * as z from 'zod';
import { CHANGE_KINDS, WEEKDAYS } from '../domain/approval-policy.ts';
import { Duration, listOf, Name, oneOf, section, TimeZone, text } from './fields.ts';

const ENVIRONMENT_GROUPS = ['production', 'non_production'] as const;

const TimeOfDay = text(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day in quotes, such as "07:30"');

const HoursSection = section({
  days: listOf(oneOf('day', WEEKDAYS)),
  from: TimeOfDay,
  to: TimeOfDay,
  time_zone: TimeZone.optional(),
}).refine(({ from, to }) => from !== to, 'from and to must differ; leave `hours` out to allow every hour');

/** `production`, `non_production`, or a list of `customer/environment`. */
const EnvironmentsField = z.union([z.enum(ENVIRONMENT_GROUPS), z.array(z.string()).min(1)], {
  error: 'must be production, non_production or a list such as [acme/prod]',
});

const LONGEST_EMERGENCY_MS = 86_400_000;

const BreakGlassSection = section({
  roles: listOf(z.string()),
  lasts: Duration.refine((ms) => ms <= LONGEST_EMERGENCY_MS, 'must be 1d at most: an emergency is short'),
  review_within: Duration,
});

const MOST_SEATS = 100;

export const PolicySection = section({
  name: Name,
  environments: EnvironmentsField,
  changes: listOf(oneOf('kind of change', CHANGE_KINDS)),
  requested_by: listOf(z.string()),
  approved_by: listOf(
    section({
      role: z.string(),
      count: z.int().min(1, 'must be 1 or more').max(MOST_SEATS, `must be ${MOST_SEATS} at most`).default(1),
      team: oneOf('team', ['home', 'customer', 'any']).default('any'),
    }),
  ),
  expires_after: Duration,
  confirm_by_typing: z.boolean().default(false),
  hours: HoursSection.optional(),
  break_glass: BreakGlassSection.optional(),
});
export type PolicySection = z.infer<typeof PolicySection>;
