import type { Environment, Host } from '../../domain/inventory.ts';
import type { GrantedAccount } from '../linux-accounts/find-drift.ts';
import type { AccessDeps } from './access-deps.ts';
import type { Grant, GrantHost } from './grant.ts';
import type { Drift } from './ports.ts';
import { describeFailure } from './try-host.ts';

interface HostOfGrant extends GrantHost {
  readonly grant: Grant;
}

/** Looks at every host of an environment. One that cannot be looked at is unknown, and holds up no other. */
export async function findDrift(environment: Environment, deps: AccessDeps): Promise<readonly Drift[]> {
  const { customer, name } = environment;
  const grants = await deps.store.list({ customers: [customer], environment: name });
  const open = (await deps.store.open()).filter((one) => one.customer === customer && one.environment === name);
  const known = new Map([...grants, ...open].map((grant) => [grant.id, grant]));
  const hosts = await Promise.all([...known.values()].map((grant) => hostsOf(grant, deps)));
  const drifts = await Promise.all(environment.hosts.map((host) => lookAt({ environment, host }, hosts.flat(), deps)));
  return drifts.flat();
}

async function hostsOf(grant: Grant, { store }: AccessDeps): Promise<readonly HostOfGrant[]> {
  return (await store.hosts(grant.id)).map((host) => ({ ...host, grant }));
}

async function lookAt(
  { environment, host }: { readonly environment: Environment; readonly host: Host },
  all: readonly HostOfGrant[],
  deps: AccessDeps,
): Promise<readonly Drift[]> {
  const ofHost = all.filter((one) => one.host === host.name);
  const expected = ofHost.filter(({ grant, state }) => grant.state === 'active' && state === 'made');
  const underWay = ofHost.filter(({ grant }) => grant.state === 'granting');
  const ended = ofHost.filter((one) => !(expected.includes(one) || underWay.includes(one)));
  try {
    return deps.compare({
      found: await deps.accounts.inspect({ environment, host }),
      expected: expected.map(toGranted),
      ended: ended.map(toGranted),
      known: [...wellKnown(host), ...underWay.map(({ user }) => user)],
    });
  } catch (error) {
    const text = describeFailure(error, { grantId: 'drift', host: host.name }, deps);
    return [{ kind: 'unknown', host: host.name, text }];
  }
}

function wellKnown({ ssh, products }: Host): readonly string[] {
  return ['root', ssh.user, ...products.map(({ serviceUser }) => serviceUser)];
}

function toGranted({ user, grant }: HostOfGrant): GrantedAccount {
  return { user, grantId: grant.id };
}
