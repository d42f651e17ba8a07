import { type Complaint, noSuch, type ProblemPath } from './config-problem.ts';
import type { Skeleton, SkeletonCustomer, SkeletonNotice } from './skeleton.ts';

/** That whoever is to be told can be told, that roles with settings are there, and that no two customers share a token. */
export function checkReceivers(file: Skeleton): readonly Complaint[] {
  return [
    ...file.customers.flatMap((customer, index) => checkCustomer(customer, file, ['customers', index])),
    ...sharedTokens(file),
  ];
}

function checkCustomer(customer: SkeletonCustomer, { defaults }: Skeleton, path: ProblemPath): readonly Complaint[] {
  const common = defaults.monitoring.notices;
  return customer.environments.flatMap(({ monitoring, production, roles, hosts }, index) => {
    const here = [...path, 'environments', index];
    const own = monitoringOf(monitoring)?.notices;
    const inherited = own === undefined && production === true && !isOff(monitoring) ? (common ?? []) : [];
    return [
      ...(own ?? []).flatMap((notice, at) => checkNotice(notice, customer, [...here, 'monitoring', 'notices', at])),
      ...inherited.flatMap((notice) => checkNotice(notice, customer, [...path])).map(ofDefaults),
      ...Object.keys(roles)
        .filter((role) => !hosts.some((host) => host.role === role))
        .map((role) => ({
          path: [...here, 'roles', role],
          message: noSuch('host with the role', role, rolesOf(hosts)),
        })),
    ];
  });
}

function checkNotice(notice: SkeletonNotice, customer: SkeletonCustomer, path: ProblemPath): readonly Complaint[] {
  const { receivers } = customer;
  const known = (receivers?.webhooks ?? []).flatMap(({ name }) => name ?? []);
  const missing = (what: string, key: string) => [
    { path, message: `needs ${what}: this customer has no \`receivers.${key}\`` },
  ];
  return [
    ...(notice.email.length > 0 && receivers?.mail === undefined ? missing('a way to send mails', 'mail') : []),
    ...(notice.sms.length > 0 && receivers?.phones === undefined ? missing('a way to send messages', 'phones') : []),
    ...notice.webhook
      .filter((name) => name !== undefined && !known.includes(name))
      .map((name) => ({ path, message: noSuch('webhook', name, known) })),
  ];
}

function ofDefaults({ path, message }: Complaint): Complaint {
  return { path, message: `${message}; the defaults want it, unless the environment has \`notices\` of its own` };
}

/** With the token of another customer one would read about another customer. */
function sharedTokens({ customers }: Skeleton): readonly Complaint[] {
  const all = customers.flatMap(({ tokens }, index) =>
    (['metrics', 'alerts'] as const).flatMap((kind) => {
      const name = tokens[kind];
      return name === undefined ? [] : [{ name, index, path: ['customers', index, 'tokens', kind] }];
    }),
  );
  return all
    .filter(({ name, index }, at) => all.slice(0, at).some((other) => other.name === name && other.index !== index))
    .map(({ path }) => ({ path, message: 'is the token of another customer too; each needs one of its own' }));
}

function rolesOf(hosts: SkeletonCustomer['environments'][number]['hosts']): readonly string[] {
  return [...new Set(hosts.flatMap(({ role }) => role ?? []))];
}

function isOff(monitoring: SkeletonCustomer['environments'][number]['monitoring']): boolean {
  return monitoring === 'off' || monitoring === false || monitoringOf(monitoring)?.off === true;
}

function monitoringOf(monitoring: SkeletonCustomer['environments'][number]['monitoring']) {
  return typeof monitoring === 'object' && monitoring !== null ? (monitoring as MonitoringOutline) : undefined;
}

interface MonitoringOutline {
  readonly off?: boolean;
  readonly notices?: readonly SkeletonNotice[];
}
