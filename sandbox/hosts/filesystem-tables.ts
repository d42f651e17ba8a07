import type { FilesystemPlan } from './host-plan.ts';
import type { HostState } from './host-state.ts';

const KILOBYTES_PER_GIB = 1024 * 1024;
/** ext4 keeps five percent for root: neither used nor available. */
const RESERVED = 0.05;

/** What `df` and the mount table say, by path below the host's root. */
export function filesystemTables({ plan, faults }: HostState): Record<string, string> {
  const filesystems = plan.filesystems.map((filesystem) => filled(filesystem, faults.diskFilledTo));
  const mounts = filesystems.map(({ device, mount }) => `${device} ${mount} ext4 rw,relatime 0 0\n`);
  const virtual = 'tmpfs /run tmpfs rw,nosuid,nodev 0 0\nproc /proc proc rw,nosuid 0 0\n';
  return {
    'proc/mounts': mounts.join('') + virtual,
    'proc/self/mounts': mounts.join('') + virtual,
    '.host/df': table('Filesystem 1024-blocks Used Available Capacity Mounted', filesystems.map(blocks)),
    '.host/df-inodes': table('Filesystem Inodes IUsed IFree IUse% Mounted', filesystems.map(inodes)),
    '.host/df-types': `${filesystems.map(({ mount }) => `${mount} ext4\n`).join('')}/run tmpfs\n`,
  };
}

function filled(filesystem: FilesystemPlan, filledTo: number | undefined): FilesystemPlan {
  return filesystem.mount === '/var' && filledTo !== undefined ? { ...filesystem, used: filledTo } : filesystem;
}

function blocks({ device, mount, sizeGiB, used }: FilesystemPlan): string {
  const size = sizeGiB * KILOBYTES_PER_GIB;
  const usable = Math.floor(size * (1 - RESERVED));
  const usedBlocks = Math.floor((usable * used) / 100);
  return `${device} ${size} ${usedBlocks} ${usable - usedBlocks} ${used}% ${mount}`;
}

function inodes({ device, mount, sizeGiB, inodesUsed }: FilesystemPlan): string {
  const total = sizeGiB * 65_536;
  const used = Math.floor((total * inodesUsed) / 100);
  return `${device} ${total} ${used} ${total - used} ${inodesUsed}% ${mount}`;
}

function table(heading: string, rows: readonly string[]): string {
  const memory = 'tmpfs 817264 1044 816220 1% /run';
  return `${[`${heading} on`, ...rows, memory].join('\n')}\n`;
}
