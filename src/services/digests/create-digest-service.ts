import type { Clock } from '../../domain/clock.ts';
import type { Customer, Environment } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { AlertGroup } from '../alerts/alert.ts';
import type { AlertService } from '../alerts/alert-service.ts';
import type { BreakGlassService } from '../approvals/break-glass-service.ts';
import type { ApprovalStore } from '../approvals/ports.ts';
import type { CertificateStore } from '../certificates/ports.ts';
import type { HostStatusService } from '../hosts/host-status-service.ts';
import type { MetricsService } from '../metrics/metrics-service.ts';
import type { RolloutService } from '../rollouts/rollout-service.ts';
import type { Digest, DigestService } from './digest.ts';
import { endingCertificates, uncertifiedHosts } from './ending-certificates.ts';
import type { PendingSecurityList } from './ports.ts';

export interface DigestDeps {
  readonly hosts: Pick<HostStatusService, 'latest'>;
  readonly alerts: Pick<AlertService, 'history' | 'open'>;
  readonly metrics: Pick<MetricsService, 'diskForecast' | 'availability'>;
  readonly pending: PendingSecurityList;
  /** When updates were last looked for, by `customer/environment`: the memory of the watch over automatic updates. */
  readonly patchChecks: { get(environment: string): Promise<{ readonly slot: string } | undefined> };
  readonly certificates: Pick<CertificateStore, 'list'>;
  readonly approvals: Pick<ApprovalStore, 'pending'>;
  readonly breakGlass: Pick<BreakGlassService, 'unreviewed'>;
  readonly rollouts: Pick<RolloutService, 'list'>;
  /** Asked each time, since the configuration can be reloaded. */
  customers(): readonly Customer[];
  readonly clock: Clock;
  readonly logger: Logger;
}

const DAY_MS = 86_400_000;
const SPAN_MS = { daily: DAY_MS, weekly: 7 * DAY_MS } as const;
const FORECAST_DAYS = 14;
/** Updates are looked for every 6 hours; nothing is known of those that nobody looked for since yesterday. */
const PATCH_CHECK_MS = 36 * 3_600_000;

/** What is asked about, and the time. */
interface Asked {
  readonly environment: Environment;
  readonly from: Date;
  readonly until: Date;
}

type Parts = Omit<Digest, 'kind' | 'customerName' | 'environment' | 'timeZone' | 'from' | 'until' | 'lateSince'>;
/** Of a weekly digest: it is not for the customer. */
const NOT_FOR_CUSTOMERS = { reports: [], disks: [], patches: [], certificates: [], uncertified: [], approvals: [] };

export function createDigestService(deps: DigestDeps): DigestService {
  return {
    async make(environment, kind, lateSince) {
      const until = deps.clock.now();
      const from = new Date((lateSince ?? until).getTime() - SPAN_MS[kind]);
      const asked = { environment, from, until };
      const customer = deps.customers().find(({ id }) => id === environment.customer);
      const [shared, own] = await Promise.all([
        gatherShared(asked, deps),
        kind === 'daily' ? gatherOwn(asked, deps) : NOT_FOR_CUSTOMERS,
      ]);
      return {
        ...{ kind, customerName: customer?.name ?? environment.customer, environment, from, until, lateSince },
        timeZone: customer?.digests?.timeZone ?? environment.timeZone,
        ...shared,
        ...own,
      };
    },
  };
}

/** What one part of a digest is made of. One that fails loses nothing but itself. */
function createPart({ environment: { customer, name } }: Asked, { logger }: DigestDeps) {
  return async <Found>(part: string, find: () => Promise<Found>): Promise<Found | undefined> => {
    try {
      return await find();
    } catch (error) {
      logger.error('Part of a digest not found out', { customer, environment: name, part, error });
      return undefined;
    }
  };
}

/** Nothing is measured of what nobody watches, and that is no failure. */
function ifWatched<Found>({ monitoring }: Environment, find: () => Promise<Found>): () => Promise<Found | undefined> {
  return monitoring === undefined ? async () => undefined : find;
}

async function gatherShared(
  asked: Asked,
  deps: DigestDeps,
): Promise<Pick<Parts, 'alerts' | 'availability' | 'reviews' | 'done' | 'planned'>> {
  const { environment, from, until } = asked;
  const part = createPart(asked, deps);
  const filter = { customers: [environment.customer], environment: environment.name };
  const isHere = isOf(environment);
  const [alerts, availability, reviews, done, planned] = await Promise.all([
    part('alerts', () => findAlerts(asked, deps)),
    part(
      'availability',
      ifWatched(environment, () => deps.metrics.availability(environment, from, until)),
    ),
    part('reviews', async () => (await deps.breakGlass.unreviewed()).filter(isHere)),
    part('done', () => deps.rollouts.list({ ...filter, isOpen: false, endedSince: from })),
    part('planned', () => deps.rollouts.list({ ...filter, isOpen: true })),
  ]);
  return { alerts, availability, reviews, done, planned };
}

async function gatherOwn(
  asked: Asked,
  deps: DigestDeps,
): Promise<Pick<Parts, 'reports' | 'disks' | 'patches' | 'certificates' | 'uncertified' | 'approvals'>> {
  const { environment, until } = asked;
  const { customer, name } = environment;
  const part = createPart(asked, deps);
  const isKnown = isHostOf(environment);
  const [reports, disks, patches, certificates, approvals] = await Promise.all([
    part('hosts', () => deps.hosts.latest(environment)),
    part(
      'disks',
      ifWatched(environment, () => deps.metrics.diskForecast(environment, FORECAST_DAYS)),
    ),
    part('patches', () => findPatches(asked, deps)),
    part('certificates', () => deps.certificates.list(customer, name)),
    part('approvals', async () => (await deps.approvals.pending()).filter(isOf(environment))),
  ]);
  return {
    ...{ reports, disks, approvals },
    patches: patches?.filter(isKnown),
    certificates: certificates && endingCertificates(certificates.filter(isKnown), until),
    uncertified: certificates === undefined ? [] : uncertifiedHosts(environment, certificates, until),
  };
}

/** Each once, however it was found; made-up ones are no news. */
async function findAlerts(
  { environment: { customer, name }, from, until }: Asked,
  { alerts }: DigestDeps,
): Promise<readonly AlertGroup[]> {
  const [begun, open] = await Promise.all([
    alerts.history([customer], { environment: name, from, until }),
    alerts.open([customer], name),
  ]);
  const byId = new Map([...open, ...begun].map((group) => [group.id, group]));
  return [...byId.values()].filter(({ isTest }) => isTest !== true);
}

/** `undefined` when nobody has looked lately: what was noted before says nothing of now. */
async function findPatches({ environment: { customer, name }, until }: Asked, deps: DigestDeps) {
  const { pending, patchChecks, logger } = deps;
  const check = await patchChecks.get(`${customer}/${name}`);
  if (check === undefined) {
    logger.info('Nobody has looked for updates yet', { customer, environment: name }); // So it is after the first start.
    return undefined;
  }
  if (until.getTime() - new Date(check.slot).getTime() > PATCH_CHECK_MS) {
    logger.warn('Nobody has looked for updates lately', { customer, environment: name, last: check.slot });
    return undefined;
  }
  return pending.list(customer, name);
}

function isOf({ customer, name }: Environment) {
  return (one: { readonly customer: string; readonly environment: string }): boolean =>
    one.customer === customer && one.environment === name;
}

function isHostOf({ hosts }: Environment) {
  const names = new Set(hosts.map(({ name }) => name));
  return ({ host }: { readonly host: string }): boolean => names.has(host);
}
