import type { LocalOutcome } from './run-local.ts';
import { type Reading, readOutcome, WG } from './tunnel-reading.ts';

/** Public keys and times. Never `dump` or `showconf`: their output holds the private key. */
export function handshakeArguments(interfaceName: string): readonly string[] {
  return ['show', interfaceName, 'latest-handshakes'];
}

/** Age of the newest handshake of any peer, in seconds. A link stays up long after its peer is gone; this does not. */
export function readHandshake(outcome: LocalOutcome, now: Date): Reading<number | 'never'> {
  return readOutcome(WG, outcome, ({ exitCode, stdout }) => {
    if (exitCode !== 0) {
      return undefined;
    }
    const times = stdout
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => Number(line.split('\t')[1]));
    if (times.some((seconds) => !Number.isFinite(seconds))) {
      return undefined;
    }
    const newest = Math.max(0, ...times);
    return newest === 0 ? 'never' : Math.max(0, Math.round(now.getTime() / 1000 - newest));
  });
}
