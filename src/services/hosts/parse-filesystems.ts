import type { FilesystemSample } from '../../domain/host-report.ts';
import { type ProbeParts, shownWords } from '../../domain/probe-output.ts';

const KIBIBYTE = 1024;

/** Held in memory, made of other filesystems, or full by design. */
const IGNORED_TYPES = new Set(
  'tmpfs devtmpfs udev shm ramfs overlay squashfs erofs iso9660 udf efivarfs cgroup cgroup2 fuse.lxcfs fuse.portal fuse.gvfsd-fuse'.split(
    ' ',
  ),
);

interface Mount {
  readonly type: string;
  readonly readOnly: boolean;
}

interface TableRow {
  readonly device: string;
  /** Kibibytes, or inodes. */
  readonly total: number;
  readonly usedPercent: number;
  readonly mount: string;
}

interface Row extends TableRow {
  readonly inodesUsedPercent: number | undefined;
}

/** `undefined` when not even the root filesystem could be read. */
export function parseFilesystems(parts: ProbeParts): readonly FilesystemSample[] | undefined {
  const mounts = mountTable(parts, 'mounts');
  const intended = mountTable(parts, 'fstab');
  const filesystems = [...gnuTable(parts), ...posixTables(parts)]
    .filter(({ device, mount }) => mount === '/' || !IGNORED_TYPES.has(mounts.get(mount)?.type ?? device))
    .map(({ mount, usedPercent, inodesUsedPercent, total }) => ({
      ...{ mount, usedPercent, inodesUsedPercent },
      totalBytes: total * KIBIBYTE,
      readOnly: mounts.get(mount)?.readOnly === true && intended.get(mount)?.readOnly !== true,
    }));
  return filesystems.length > 0 ? filesystems : undefined;
}

/** What `df` could not tell, in words. */
export function filesystemGaps(parts: ProbeParts): readonly string[] {
  const complaints = ['filesystems', 'disks', 'localdisks', 'inodes']
    .flatMap((name) => parts.get(name)?.lines ?? [])
    .filter((line) => /^df: \//.test(line) && !/permitted|denied/i.test(line))
    .map(shownWords);
  const hung =
    hasHung(parts) && dfTable(parts, 'localdisks').length > 0
      ? ['df got no answer from a filesystem (a dead NFS server?); network filesystems are left out']
      : [];
  const unseen =
    parts.get('mounts')?.exitCode === 0 ? [] : ['/proc/mounts could not be read, so read-only disks do not show'];
  return [...hung, ...unseen, ...new Set(complaints)];
}

function hasHung(parts: ProbeParts): boolean {
  return parts.get('disks')?.exitCode === 124;
}

const GNU_ROW = /^(\S.*?) +(\d{1,17}) +(\d{1,3})% +(\d{1,17}|-) +(?:(\d{1,3})%|-) +(\/.*)$/;

/** Of one `df --output=source,size,pcent,itotal,ipcent,target`. Some filesystems have no inodes to count: `-`, or 0 of them. */
function gnuTable(parts: ProbeParts): readonly Row[] {
  return (parts.get('filesystems')?.lines ?? []).flatMap((line) => {
    const [, device = '', size, used, inodes, inodesUsed, mount = ''] = GNU_ROW.exec(line) ?? [];
    const total = Number(size ?? 0);
    const inodesUsedPercent = Number(inodes) > 0 && inodesUsed !== undefined ? Number(inodesUsed) : undefined;
    return total > 0 ? [{ device, total, usedPercent: Number(used), inodesUsedPercent, mount }] : [];
  });
}

/** Of `df -P -k` and `df -P -i`. */
function posixTables(parts: ProbeParts): readonly Row[] {
  const inodes = new Map(dfTable(parts, 'inodes').map((row) => [row.mount, row.usedPercent]));
  const rows = dfTable(parts, hasHung(parts) ? 'localdisks' : 'disks');
  return rows.map((row) => ({ ...row, inodesUsedPercent: inodes.get(row.mount) }));
}

const DF_ROW = /^(\S.*?) +(\d{1,17}) +(?:\d+|-) +(?:-?\d+|-) +(\d{1,3})% +(\/.*)$/;

/** Column 5 is used / (used + available), which is what fills up; column 2 holds blocks or inodes. */
function dfTable(parts: ProbeParts, name: string): readonly TableRow[] {
  return (parts.get(name)?.lines ?? []).flatMap((line) => {
    const [, device = '', total, usedPercent, mount = ''] = DF_ROW.exec(line) ?? [];
    const isRow = total !== undefined && Number(total) > 0;
    return isRow ? [{ device, total: Number(total), usedPercent: Number(usedPercent), mount }] : [];
  });
}

/** /proc/mounts and /etc/fstab have the same columns: device, mount point, type, options. */
function mountTable(parts: ProbeParts, name: string): ReadonlyMap<string, Mount> {
  const rows = (parts.get(name)?.lines ?? []).map((line) => line.trim().split(/\s+/));
  const mounts = rows
    .filter(([device]) => device !== undefined && !device.startsWith('#'))
    .map(([, mount = '', type = '', options = '']): [string, Mount] => [
      unescapeOctal(mount),
      { type, readOnly: options.split(',').includes('ro') },
    ]);
  return new Map(mounts);
}

function unescapeOctal(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
