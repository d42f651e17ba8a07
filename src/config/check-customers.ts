import { type Complaint, noSuch, type ProblemPath } from './config-problem.ts';
import { duplicateComplaints, occurrencesOf } from './duplicates.ts';
import type { Skeleton, SkeletonCustomer } from './skeleton.ts';

/** What must be there once, and what must be there at all, among customers and their machines. */
export function checkCustomers({ customers, home_team: homeTeam }: Skeleton): readonly Complaint[] {
  const own = customers.flatMap((customer, index) => checkCustomer(customer, ['customers', index]));
  const ids = occurrencesOf(['customers'], customers, ({ id }) => ({ id }));
  const teams = occurrencesOf(['customers'], customers, ({ slack_team }) => ({ slack_team }));
  const reserved = ids.filter(({ value }) => value === 'all');
  const ours = teams.filter(({ value }) => value !== undefined && value === homeTeam);
  return [
    ...own,
    ...duplicateComplaints('the customer', ids),
    ...duplicateComplaints('the workspace', teams),
    ...reserved.map(({ path }) => ({ path, message: '"all" means every customer; choose another id' })),
    ...ours.map(({ path }) => ({ path, message: 'is home_team; a customer needs a workspace of its own, or none' })),
  ];
}

function checkCustomer({ bastions, environments }: SkeletonCustomer, path: ProblemPath): readonly Complaint[] {
  const names = occurrencesOf([...path, 'environments'], environments, ({ name }) => ({ name }));
  const bastionNames = bastions.map(({ name }) => name).filter((name) => name !== undefined);
  return [
    ...duplicateComplaints('the environment', names),
    ...duplicateComplaints(
      'the bastion',
      occurrencesOf([...path, 'bastions'], bastions, ({ name }) => ({ name })),
    ),
    ...environments.flatMap((environment, index) => {
      const here = [...path, 'environments', index];
      return [...checkHosts(environment.hosts, here), ...checkChain(environment.access.bastions, bastionNames, here)];
    }),
  ];
}

type Hosts = SkeletonCustomer['environments'][number]['hosts'];

function checkHosts(hosts: Hosts, path: ProblemPath): readonly Complaint[] {
  const names = occurrencesOf([...path, 'hosts'], hosts, ({ name }) => ({ name: name?.toLowerCase() }));
  const addresses = occurrencesOf([...path, 'hosts'], hosts, ({ address, ssh }) => ({
    address: address === undefined ? undefined : [address, ssh.port].filter(Boolean).join(' port '),
  }));
  return [...duplicateComplaints('the host', names), ...duplicateComplaints('the address', addresses)];
}

function checkChain(
  chain: readonly (string | undefined)[],
  known: readonly string[],
  environment: ProblemPath,
): readonly Complaint[] {
  const hops = chain.map((value, index) => ({ value, path: [...environment, 'access', 'bastions', index] }));
  const unknown = hops.filter(({ value }) => value !== undefined && !known.includes(value));
  return [
    ...unknown.map(({ value, path }) => ({ path, message: noSuch('bastion of this customer', value, known) })),
    ...duplicateComplaints('the bastion', hops),
  ];
}
