import type { ClientChannel } from 'ssh2';
import type { Clock } from '../../domain/clock.ts';
import { startTimer } from './start-timer.ts';

export interface EndRemoteOptions {
  readonly clock: Clock;
  readonly killAfterSeconds: number;
  /** The session is free again. */
  onEnded(): void;
}

/** `timeout` on the host passes TERM on and sends KILL itself; it gets a second more than it asked for. */
const MARGIN_MS = 1_000;

/**
 * Ends the process, then the channel. TERM first: `timeout` would die of KILL without taking its child along.
 * sshd answers the end of a channel only when the process is gone.
 */
export function endRemoteCommand(channel: ClientChannel, { clock, killAfterSeconds, onEnded }: EndRemoteOptions): void {
  let stopTimer = startTimer(clock, killAfterSeconds * 1000 + MARGIN_MS, kill);
  channel.once('close', () => {
    stopTimer();
    onEnded();
  });
  channel.resume();
  channel.stderr.resume();
  channel.signal('TERM');

  function kill(): void {
    channel.signal('KILL');
    channel.close();
    stopTimer = startTimer(clock, MARGIN_MS, onEnded);
  }
}
