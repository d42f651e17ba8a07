import { onAbort } from './abortable.ts';
import { classifyExecError } from './classify-error.ts';
import { endRemoteCommand } from './end-remote-command.ts';
import { HopError } from './hop-error.ts';
import { createRemoteSession, type RemoteSession } from './remote-session.ts';
import type { CommandRequest } from './run-command.ts';
import { DEADLINE } from './run-scope.ts';
import { startTimer } from './start-timer.ts';

/** The connection was already gone: nothing was sent, so it is safe to run on another one. */
export class NotConnectedError extends Error {
  override name = 'NotConnectedError';
}

/**
 * Starts the command. The library can neither time this out nor call it off: who gives up leaves
 * somebody behind who ends the command should it start after all.
 */
export function openSession(request: CommandRequest): Promise<RemoteSession> {
  const { connection, line, signal, maxOutputBytes, clock, limits, onEnded } = request;
  const { promise, resolve, reject } = Promise.withResolvers<RemoteSession>();
  let isWaiting = true;
  const giveUp = (reason: unknown): void => {
    isWaiting = false;
    reject(reason);
  };
  const stopTimer = startTimer(clock, limits.openTimeoutMs, () => {
    giveUp(silence(request));
    connection.retire();
  });
  const stopSignal = onAbort(signal, (reason) => {
    giveUp(reason);
    if (reason === DEADLINE) {
      connection.retire(); // The next caller does not wait for it too.
    }
  });
  const stopLost = onAbort(connection.lost, giveUp);

  try {
    connection.client.exec(line, (error, channel) => {
      if (error) {
        onEnded();
        if (connection.isUsable()) {
          giveUp(classifyExecError(error, connection.depth)); // Else its loss, which says why, comes in a moment.
        }
      } else if (isWaiting) {
        resolve(createRemoteSession(channel, maxOutputBytes));
      } else {
        endRemoteCommand(channel, { clock, killAfterSeconds: limits.killAfterSeconds, onEnded });
      }
    });
  } catch {
    onEnded();
    connection.suspect();
    giveUp(new NotConnectedError());
  }
  return promise.finally(() => {
    stopTimer();
    stopSignal();
    stopLost();
  });
}

function silence({ connection, limits }: CommandRequest): HopError {
  const detail = `no answer on the open connection for ${limits.openTimeoutMs / 1000} s`;
  return new HopError({ kind: 'connection_lost', depth: connection.depth, detail });
}
