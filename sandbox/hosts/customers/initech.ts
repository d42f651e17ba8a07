import type { CustomerPlan, HostPlan } from '../host-plan.ts';
import { microIntegrator } from '../products.ts';
import { disks } from './disks.ts';

export function initech(): CustomerPlan {
  const machine = { role: 'integrator', cores: 4, memoryGiB: 12, memoryUsed: 57, cpuBusy: 26, uptimeDays: 66 };
  const esb = { ...machine, filesystems: disks(50, 44) };
  const hosts: readonly HostPlan[] = [
    { ...esb, name: 'esb-1', product: microIntegrator({ pid: 987, heapMaxMiB: 3072, oldGenUsed: 49 }) },
    {
      ...esb,
      name: 'esb-2',
      startsAs: 'refusing',
      product: microIntegrator({ pid: 1011, heapMaxMiB: 3072, oldGenUsed: 47 }),
    },
    {
      ...esb,
      name: 'esb-3',
      startsAs: 'other_host_key',
      product: microIntegrator({ pid: 1034, heapMaxMiB: 3072, oldGenUsed: 45 }),
    },
  ];
  return {
    id: 'initech',
    name: 'Initech',
    channels: [
      { id: 'C0INITECHOPS', kind: 'ops' },
      { id: 'C0OPSALL', kind: 'ops' },
    ],
    bastion: 'initech-bastion',
    environments: [{ name: 'prod', production: true, timeZone: 'America/Chicago', hosts }],
  };
}
