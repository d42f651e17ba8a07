import type { CustomerPlan, HostPlan } from '../host-plan.ts';
import { apiManager } from '../products.ts';
import { disks } from './disks.ts';
import { withoutAdvisories } from './packages.ts';

export function globex(): CustomerPlan {
  const gateway = { role: 'gateway', cores: 8, memoryGiB: 32 };
  const proxy = { name: 'db-proxy-1', role: 'database-proxy', cores: 2, memoryGiB: 4 };
  const hosts: readonly HostPlan[] = [
    {
      ...gateway,
      name: 'gw-1',
      memoryUsed: 54,
      cpuBusy: 48,
      uptimeDays: 19,
      filesystems: disks(36, 55),
      product: apiManager({ pid: 3107, heapMaxMiB: 8192, oldGenUsed: 61 }),
    },
    {
      ...gateway,
      name: 'gw-2',
      memoryUsed: 17,
      cpuBusy: 3,
      uptimeDays: 19,
      filesystems: disks(37, 58),
      product: apiManager({ pid: 3121, heapMaxMiB: 8192, oldGenUsed: 58 }),
      startsAs: 'product_stopped',
    },
    { ...proxy, packages: withoutAdvisories, memoryUsed: 39, cpuBusy: 12, uptimeDays: 204, filesystems: disks(28, 22) },
  ];
  return {
    id: 'globex',
    name: 'Globex Health',
    slackTeamId: 'T0GLOBEX',
    channels: [
      { id: 'C0GLOBEXOPS', kind: 'ops' },
      { id: 'C0OPSALL', kind: 'ops' },
      { id: 'C0GLOBEXSHARED', kind: 'shared' },
    ],
    bastion: 'globex-bastion',
    environments: [{ name: 'prod', production: true, timeZone: 'America/New_York', hosts }],
  };
}
