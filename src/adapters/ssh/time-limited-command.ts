import type { RemoteCommand } from '../../domain/remote-command.ts';

export interface TimeLimit {
  readonly seconds: number;
  /** From TERM to KILL. */
  readonly killAfterSeconds: number;
}

const SUDO = /^(?:\/usr\/(?:local\/)?bin\/)?sudo$/;
const SUDO_OPTION_WITH_VALUE = /^(?:-[ughpCDRTrtU]|--(?:user|group|host|prompt|chdir|chroot|role|type|other-user))$/;
const ASSIGNMENT = /^\w+=/;

/**
 * The command that ends itself on the host, whatever becomes of the connection. Closing a channel ends nothing there.
 * Under sudo the limit goes inside: outside, an ordinary user's `timeout` may not signal sudo's process.
 */
export function timeLimitedCommand(command: RemoteCommand, limit: TimeLimit): RemoteCommand {
  const timeout = ['timeout', '-k', `${limit.killAfterSeconds}`, `${limit.seconds}`];
  const at = SUDO.test(command[0] ?? '') ? afterSudoOptions(command) : 0;
  return [...command.slice(0, at), ...timeout, ...command.slice(at)];
}

function afterSudoOptions(command: RemoteCommand): number {
  for (let at = 1; at < command.length; at += 1) {
    const argument = command[at] ?? '';
    if (argument === '--') {
      return at + 1;
    }
    if (SUDO_OPTION_WITH_VALUE.test(argument)) {
      at += 1;
    } else if (!argument.startsWith('-') && !ASSIGNMENT.test(argument)) {
      return at;
    }
  }
  return 0; // Nothing to run: `sudo -v`, `sudo -l`.
}
