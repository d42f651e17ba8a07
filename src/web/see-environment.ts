import { type Actor, covers } from '../domain/actor.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Permission } from '../domain/permission.ts';
import type { AlertsFacts } from '../views/dashboard-alerts.ts';
import type { SeenEnvironment } from '../views/dashboard-environment.ts';
import type { EnvironmentFacts } from '../views/dashboard-home.ts';
import type { DashboardDeps } from './dashboard-deps.ts';

const PLACE = { kind: 'web' } as const;
const HISTORY_MS = 30 * 86_400_000;

/** The environment with exactly this name, if they may see its metrics; `undefined` whatever else is the reason. */
export function findEnvironment(
  actor: Actor,
  { customer, name }: { customer: string; name: string },
  { inventory }: DashboardDeps,
): Environment | undefined {
  const visible = inventory.visibleEnvironments({ actor, place: PLACE, permission: 'metric.read' });
  return visible.find((environment) => environment.customer === customer && environment.name === name);
}

/** Everything that this person may see of it; a part that they may not see is missing. */
export async function seeEnvironment(
  actor: Actor,
  environment: Environment,
  deps: DashboardDeps,
): Promise<SeenEnvironment> {
  const { customer } = environment;
  const now = deps.clock.now();
  const may = (permission: Permission) => has(actor, { permission, customer }, deps);
  const scope = { customers: [customer], environment: environment.name };
  const [reports, alerts, rollouts] = await Promise.all([
    deps.hosts.latest(environment),
    may('alert.read') ? seeAlerts(actor, { environment, now }, deps) : undefined,
    may('rollout.read') ? deps.rollouts.list(scope) : undefined,
  ]);
  return { environment, customerName: nameOf(customer, deps), reports, now, alerts, rollouts };
}

/** One of the start page. */
async function seeAtAGlance(actor: Actor, environment: Environment, deps: DashboardDeps): Promise<EnvironmentFacts> {
  const { customer, name } = environment;
  const mayAlerts = has(actor, { permission: 'alert.read', customer }, deps);
  const [reports, alerts] = await Promise.all([
    deps.hosts.latest(environment),
    mayAlerts ? deps.alerts.open([customer], name) : undefined,
  ]);
  return { environment, customerName: nameOf(customer, deps), reports, alerts, now: deps.clock.now() };
}

export function seeEverything(actor: Actor, deps: DashboardDeps): Promise<readonly EnvironmentFacts[]> {
  const visible = deps.inventory.visibleEnvironments({ actor, place: PLACE, permission: 'metric.read' });
  return Promise.all(visible.map((environment) => seeAtAGlance(actor, environment, deps)));
}

async function seeAlerts(
  actor: Actor,
  { environment, now }: { environment: Environment; now: Date },
  deps: DashboardDeps,
): Promise<AlertsFacts> {
  const { customer, name, timeZone } = environment;
  const from = new Date(now.getTime() - HISTORY_MS);
  const [open, history] = await Promise.all([
    deps.alerts.open([customer], name),
    deps.alerts.history([customer], { environment: name, from, until: now }),
  ]);
  const runbooks = environment.monitoring?.runbooks ?? {};
  return { open, history, now, timeZone, runbooks, isOps: isAmongOurs(actor, customer, deps) };
}

/** Whether names of our people and their reasons may be shown. */
function isAmongOurs(actor: Actor, customer: string, deps: DashboardDeps): boolean {
  return (['alert.manage', 'audit.read'] as const).some((permission) => has(actor, { permission, customer }, deps));
}

function has(
  actor: Actor,
  { permission, customer }: { permission: Permission; customer: string },
  { inventory }: DashboardDeps,
): boolean {
  return covers(inventory.reach({ actor, place: PLACE, permission }), customer);
}

function nameOf(customer: string, { inventory }: DashboardDeps): string {
  return inventory.findCustomer(customer)?.name ?? customer;
}
