import { describe, expect, it } from 'vitest';
import { parseFilesystems } from '../../../../src/services/hosts/parse-filesystems.ts';

const TABLE = [
  'Filesystem              1K-blocks Use%   Inodes IUse% Mounted on',
  '/dev/vda1                50000000  23%  3276800    5% /',
  '/dev/mapper/data         80000000  91%        0     - /srv/my data',
  'nas:/export              90000000   7%        -     - /mnt/nas',
  'none                            0    -        0     - /run/empty',
];

describe('parseFilesystems', () => {
  it('reads blocks and inodes of one table, also where there are no inodes to count', () => {
    const filesystems = parseFilesystems(new Map([['filesystems', { lines: TABLE, exitCode: 0 }]]));
    const shown = filesystems?.map(({ mount, usedPercent, inodesUsedPercent }) => [
      mount,
      usedPercent,
      inodesUsedPercent,
    ]);
    expect(shown).toEqual([
      ['/', 23, 5],
      ['/srv/my data', 91, undefined],
      ['/mnt/nas', 7, undefined],
    ]);
  });
});
