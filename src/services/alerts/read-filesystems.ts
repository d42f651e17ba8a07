import type { FilesystemSample, HostSample } from '../../domain/host-report.ts';
import type { Host, Signal } from '../../domain/inventory.ts';
import { measure } from './measure.ts';
import { gapOf } from './read-numbers.ts';
import type { Reading } from './reading.ts';

const MARGIN = 3;

/** Each filesystem, and for both signals whether all of them could be read, which has no subject. */
export function readFilesystems(sample: HostSample, host: Host): readonly Reading[] {
  const { filesystems } = sample;
  const unread = gapOf(sample, /^(?:disks|df|\/proc\/mounts)/);
  return [
    wholeness(host.name, 'disk', filesystems === undefined ? (unread ?? 'disks: not measured') : unread),
    wholeness(host.name, 'inodes', gapOf(sample, /^inodes\b/) ?? unreadInodes(filesystems)),
    ...(filesystems ?? []).flatMap((filesystem) => readFilesystem(filesystem, host)),
  ];
}

/** Some filesystems have no inodes to count; when none has, `df -i` gave nothing. */
function unreadInodes(filesystems: readonly FilesystemSample[] | undefined): string | undefined {
  const isRead = filesystems?.some(({ inodesUsedPercent }) => inodesUsedPercent !== undefined);
  return isRead ? undefined : 'inodes: not measured';
}

function wholeness(host: string, signal: Signal, unread: string | undefined): Reading {
  return unread === undefined
    ? { host, signal, subject: '', level: 'ok', isClear: true, text: 'all filesystems read' }
    : { host, signal, subject: '', level: 'unknown', isClear: false, text: unread };
}

function readFilesystem(filesystem: FilesystemSample, { name: host, thresholds }: Host): readonly Reading[] {
  const { mount, usedPercent, inodesUsedPercent, readOnly } = filesystem;
  const common = { host, subject: mount, clearMargin: MARGIN, unit: ' %' };
  const disk = measure({
    ...{ ...common, signal: 'disk', value: usedPercent, threshold: thresholds.diskUsed },
    words: (value) => `${mount} ${Math.floor(value)} % full`,
    unknown: `${mount}: not measured`,
  });
  const inodes = measure({
    ...{ ...common, signal: 'inodes', value: inodesUsedPercent, threshold: thresholds.inodesUsed },
    words: (value) => `${mount} ${Math.floor(value)} % of inodes used`,
    unknown: `${mount}: inodes not measured`,
  });
  return [readOnly ? asReadOnly(disk) : disk, ...(inodesUsedPercent === undefined ? [] : [inodes])];
}

/** The kernel does this after disk errors; nothing can be written, however much room there is. */
function asReadOnly(disk: Reading): Reading {
  return { ...disk, level: 'critical', isClear: false, text: `${disk.subject} is mounted read-only` };
}
