import type { SshEndpoint } from '../../src/domain/inventory.ts';
import type { RemoteCommand } from '../../src/domain/remote-command.ts';
import { buildProbe } from '../../src/services/hosts/probe-command.ts';
import type { WaveKind } from './wave.ts';

const THRESHOLD = { warning: 80, critical: 90 };

/** What every tool runs: the product's own probe of a host without products, or an echo. */
export function probeOf(kind: WaveKind, ssh: SshEndpoint): RemoteCommand {
  if (kind === 'full') {
    const thresholds = {
      cpuBusy: THRESHOLD,
      loadPerCore: THRESHOLD,
      memoryUsed: THRESHOLD,
      diskUsed: THRESHOLD,
      inodesUsed: THRESHOLD,
      oldGenUsed: THRESHOLD,
    };
    return buildProbe({ name: ssh.name, role: 'bench', ssh, products: [], thresholds });
  }
  return kind === 'light' ? ['echo', 'end=0'] : ['sleep', '300'];
}

/** Both probes end with it: an answer without it is cut. */
export const END_MARK = /end=0\s*$/gm;
