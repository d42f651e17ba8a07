import type { Host } from '../../domain/inventory.ts';
import type { RemoteCommand } from '../../domain/remote-command.ts';

/** The command as another account of the host, by the rights that the login user has. */
export function asUser({ ssh }: Host, user: string, command: RemoteCommand): RemoteCommand {
  if (ssh.user === user) {
    return command;
  }
  return ssh.user === 'root'
    ? ['runuser', '-u', user, '--', ...command]
    : ['sudo', '-n', '-H', '-u', user, '--', ...command];
}

export function asRoot({ ssh }: Host, command: RemoteCommand): RemoteCommand {
  return ssh.user === 'root' ? command : ['sudo', '-n', ...command];
}
