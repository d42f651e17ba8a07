import type { FilesystemSample, Finding } from '../../domain/host-report.ts';
import type { Thresholds } from '../../domain/inventory.ts';
import { judgeNumber } from './judge-number.ts';

export function judgeFilesystems(
  filesystems: readonly FilesystemSample[],
  { diskUsed, inodesUsed }: Thresholds,
): readonly Finding[] {
  return filesystems.flatMap(({ mount, usedPercent, inodesUsedPercent, readOnly }) => [
    ...(readOnly ? [readOnlyFinding(mount)] : []),
    ...judgeNumber(usedPercent, diskUsed, { words: (value) => `${mount} ${Math.floor(value)} % full`, unit: ' %' }),
    ...judgeNumber(inodesUsedPercent, inodesUsed, {
      words: (value) => `${mount} ${Math.floor(value)} % of inodes used`,
      unit: ' %',
    }),
  ]);
}

/** The kernel does this after disk errors; what the host's own fstab asks for is not reported. */
function readOnlyFinding(mount: string): Finding {
  return { level: 'critical', text: `${mount} is mounted read-only` };
}
