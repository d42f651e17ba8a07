import { type Complaint, noSuch, type ProblemPath } from './config-problem.ts';
import { duplicateComplaints } from './duplicates.ts';
import type { Skeleton, SkeletonCustomer } from './skeleton.ts';

type Environment = SkeletonCustomer['environments'][number];
type Host = Environment['hosts'][number];

/** That what is said of rollouts and of draining is about hosts that are there. */
export function checkRollouts({ customers, defaults }: Skeleton): readonly Complaint[] {
  const environments = customers.flatMap((customer, index) =>
    customer.environments.map((environment, position) => ({
      environment,
      path: ['customers', index, 'environments', position],
    })),
  );
  const everyHost = environments.flatMap(({ environment }) => environment.hosts);
  return [
    ...checkRoles(defaults.rollout.keep_running, everyHost, ['defaults']),
    ...environments.flatMap(({ environment: { rollout, hosts }, path }) => [
      ...checkRoles(rollout.keep_running, hosts, path),
      ...checkCounts(rollout.keep_running, hosts, path),
      ...checkDrains(hosts, path),
    ]),
  ];
}

type KeepRunning = Environment['rollout']['keep_running'];

function checkRoles(keepRunning: KeepRunning, hosts: readonly Host[], path: ProblemPath): readonly Complaint[] {
  const known = [...new Set(hosts.map(({ role }) => role).filter((role) => role !== undefined))];
  const unknown = Object.keys(keepRunning).filter((role) => !known.includes(role));
  return unknown.map((role) => ({ path: pathOf(role, path), message: noSuch('host with the role', role, known) }));
}

/** With more to be kept running than there are, no host of the role could ever be changed. */
function checkCounts(keepRunning: KeepRunning, hosts: readonly Host[], path: ProblemPath): readonly Complaint[] {
  return Object.entries(keepRunning).flatMap(([role, wanted]) => {
    const count = hosts.filter((host) => host.role === role).length;
    return count > 0 && typeof wanted === 'number' && wanted > count
      ? [
          {
            path: pathOf(role, path),
            message: `must be ${count} at most: the environment has no more hosts of this role`,
          },
        ]
      : [];
  });
}

function pathOf(role: string, path: ProblemPath): ProblemPath {
  return [...path, 'rollout', 'keep_running', role];
}

function checkDrains(hosts: readonly Host[], environment: ProblemPath): readonly Complaint[] {
  const names = hosts.map(({ name }) => name).filter((name) => name !== undefined);
  const places = hosts.flatMap(({ drain }, index) =>
    (['haproxy', 'command'] as const).map((kind) => ({
      via: drain[kind].via,
      path: [...environment, 'hosts', index, 'drain', kind, 'via'],
    })),
  );
  const unknown = places.filter(({ via }) => via !== undefined && !names.includes(via));
  return [
    ...unknown.map(({ via, path }) => ({ path, message: noSuch('host of this environment', via, names) })),
    ...duplicateComplaints('the server', serversOf(hosts, environment)),
  ];
}

/** One server belongs to one host, else a change of one would drain another. */
function serversOf(hosts: readonly Host[], environment: ProblemPath) {
  return hosts.flatMap(({ drain: { haproxy } }, index) =>
    haproxy.servers.map((server, position) => ({
      value: server && `${server} of ${[haproxy.via, haproxy.socket, haproxy.address].filter(Boolean).join(' ')}`,
      path: [...environment, 'hosts', index, 'drain', 'haproxy', 'servers', position],
    })),
  );
}
