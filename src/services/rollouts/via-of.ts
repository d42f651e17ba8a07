import { UserError } from '../../domain/errors.ts';
import type { Host } from '../../domain/inventory.ts';
import type { HostInEnvironment } from './host-operations.ts';

/**
 * The host from which another one is taken out of service.
 * @throws {UserError} when the environment has none of this name.
 */
export function viaOf({ environment, host }: HostInEnvironment, via: string): HostInEnvironment {
  const found: Host | undefined = environment.hosts.find(({ name }) => name === via);
  if (found === undefined) {
    throw new UserError(`${host.name} is taken out of service from ${via}, which ${environment.name} does not have.`, {
      hint: `Set \`via\` of its drain in msops.yml to a host of ${environment.customer}/${environment.name}.`,
    });
  }
  return { environment, host: found };
}
