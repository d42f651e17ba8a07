import type { FilesystemPlan } from '../host-plan.ts';

/** A small system disk and a larger one for data, each so full in percent. */
export function disks(rootUsed: number, varUsed: number): readonly FilesystemPlan[] {
  return [
    { mount: '/', device: '/dev/vda1', sizeGiB: 40, used: rootUsed, inodesUsed: Math.round(rootUsed / 4) },
    { mount: '/var', device: '/dev/vdb1', sizeGiB: 100, used: varUsed, inodesUsed: Math.round(varUsed / 6) },
  ];
}
