import { createHash } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Environment, SshEndpoint } from '../../domain/inventory.ts';
import type { ApprovalService } from '../approvals/approval-service.ts';
import type { InventoryConfig } from '../inventory/inventory-config.ts';
import { customerOf, environmentOf } from './access-deps.ts';
import type { Grant } from './grant.ts';
import type { GrantFacts, GrantStore, HostWay } from './ports.ts';

const MOST_BEFORE = 5;

export interface FactsDeps {
  readonly store: Pick<GrantStore, 'hosts' | 'list'>;
  readonly approvals: Pick<ApprovalService, 'find' | 'openSeats'>;
  readonly clock: Clock;
  config(): InventoryConfig;
}

/** @param options.forPerson also how hosts are reached. */
export async function gatherFacts(
  grant: Grant,
  options: FactsDeps & { readonly forPerson: boolean },
): Promise<GrantFacts> {
  const { store, approvals, clock, forPerson } = options;
  const environment = environmentOf(grant, options);
  const [hosts, approval, before] = await Promise.all([
    store.hosts(grant.id),
    approvals.find(grant.extension?.approvalId ?? grant.approvalId),
    listBefore(grant, store),
  ]);
  return {
    ...{ grant, hosts, approval, before, now: clock.now() },
    openSeats: approval?.status === 'pending' ? approvals.openSeats(approval) : [],
    customerName: customerOf(grant, options)?.name ?? grant.customer,
    timeZone: environment?.timeZone ?? 'UTC',
    ways: forPerson && environment !== undefined ? waysOf(grant, environment) : [],
  };
}

async function listBefore({ id, customer, person }: Grant, store: FactsDeps['store']): Promise<readonly Grant[]> {
  const found = await store.list({ customers: [customer], person: person.id });
  return found.filter((one) => one.id !== id && one.begunAt !== undefined).slice(0, MOST_BEFORE);
}

function waysOf({ wish }: Grant, { hosts, accessPath }: Environment): readonly HostWay[] {
  const named = hosts.filter(({ name }) => wish.linux?.hosts.includes(name));
  return named.map(({ name, ssh }) => ({
    ...{ host: name, address: ssh.address, port: ssh.port },
    bastions: accessPath.bastions.map(({ address, port }) => `${address}:${port}`),
    fingerprints: fingerprintsOf(ssh),
  }));
}

function fingerprintsOf({ hostKeys }: SshEndpoint): readonly string[] {
  return hostKeys.map((line) => {
    const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64');
    return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  });
}
