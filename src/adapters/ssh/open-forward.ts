import type { Duplex } from 'node:stream';
import type { Clock } from '../../domain/clock.ts';
import type { SshEndpoint } from '../../domain/inventory.ts';
import { onAbort } from './abortable.ts';
import { classifyForwardError, classifySilence } from './classify-error.ts';
import type { Connection } from './connection.ts';
import type { ReleaseSlot } from './fair-limiter.ts';
import type { HopError } from './hop-error.ts';
import { joinWrites } from './joined-writes.ts';
import { startTimer } from './start-timer.ts';

export interface ForwardRequest {
  /** To the bastion. */
  readonly connection: Connection;
  /** The channel's place among the bastion's. Released when the channel is gone, however late that is. */
  readonly release: ReleaseSlot;
  readonly endpoint: SshEndpoint;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/**
 * A byte stream through the bastion to the endpoint.
 * With packets dropped behind the bastion the library never calls back and cannot be told to stop,
 * so we stop waiting and close the channel should it open after all.
 *
 * @throws {HopError}
 */
export function openForward(request: ForwardRequest): Promise<Duplex> {
  const { connection: bastion, release, endpoint, clock, timeoutMs } = request;
  const depth = bastion.depth + 1;
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  let isWaiting = true;
  const giveUp = (reason: unknown): void => {
    isWaiting = false;
    reject(reason);
  };
  // A bastion that dies fails its channels first; its own loss says why and comes in a moment.
  const failUnlessLost = (error: HopError): void => {
    if (bastion.isUsable()) {
      giveUp(error);
    }
  };
  const stopTimer = startTimer(clock, timeoutMs, () => giveUp(classifySilence('forwarding', depth, timeoutMs)));
  const stopListening = onAbort(bastion.lost, giveUp);

  prime(bastion);
  try {
    bastion.client.forwardOut('127.0.0.1', 0, endpoint.address, endpoint.port, (error, stream) => {
      if (error) {
        release();
        failUnlessLost(classifyForwardError(error, depth));
        return;
      }
      stream.once('close', release);
      stream.on('error', () => {});
      if (isWaiting) {
        resolve(joinWrites(stream, process.nextTick));
      } else {
        stream.destroy();
      }
    });
  } catch {
    release();
    bastion.suspect();
  }
  return promise.finally(stopTimer).finally(stopListening);
}

const primed = new WeakSet<Connection>();

/**
 * OpenSSH turns Nagle's algorithm off when a session starts, so a connection that only forwards waits 40 ms a packet.
 * Whatever becomes of the command does not matter.
 */
function prime(bastion: Connection): void {
  if (primed.has(bastion)) {
    return;
  }
  primed.add(bastion);
  try {
    bastion.client.exec('true', (error, channel) => {
      channel?.on('error', () => {}).resume();
      channel?.stderr.resume();
      channel?.once('exit', () => channel.close());
      void error;
    });
  } catch {
    // Not connected: the forward that follows says so.
  }
}
