import * as z from 'zod';
import { SIGNALS, type Signal } from '../domain/inventory.ts';
import { Duration, HttpUrl, section } from './fields.ts';
import { MetricSourceSection } from './metric-source-section.ts';
import { NoticesSection } from './notices-section.ts';

/** A host that does not answer costs 10 s; nobody would see a gap of more than a quarter of an hour. */
const SHORTEST_MS = 10_000;
const LONGEST_MS = 900_000;

const Every = Duration.refine((ms) => ms === 0 || (ms >= SHORTEST_MS && ms <= LONGEST_MS), 'must be from 10s to 15m');

/** `0s` too: told by the first check that finds it. */
const Hold = z.preprocess((value) => (value === '0s' ? undefined : value), Duration.optional().default(0)).optional();
const HoldsOfSignal = section({ warning: Hold, critical: Hold, clear: Hold });

const HttpsUrl = HttpUrl.refine((url) => !/^http:/i.test(url), 'must be an https address');

function ofSignals<Item extends z.ZodType>(item: Item) {
  const keys = SIGNALS.map((signal) => [signal, item.optional()] as const);
  return section(Object.fromEntries(keys) as Record<Signal, z.ZodOptional<Item>>);
}

/** By signal. */
export const HoldsSection = ofSignals(HoldsOfSignal);
export type HoldsSection = z.infer<typeof HoldsSection>;

const MonitoringObject = section({
  off: z.literal(true).optional(),
  every: Every.optional(),
  tell_customer: z.boolean().optional(),
  holds: HoldsSection.optional(),
  runbooks: ofSignals(HttpsUrl).optional(),
  notices: NoticesSection.optional(),
  metrics: MetricSourceSection.optional(),
});

/** What is left out is that of `defaults`, or of msops. `off` is short for `{ off: true }`. */
export const MonitoringSection = z.preprocess(
  (value) => (value === 'off' || value === false ? { off: true } : value),
  MonitoringObject,
);
export type MonitoringSection = z.infer<typeof MonitoringSection>;
