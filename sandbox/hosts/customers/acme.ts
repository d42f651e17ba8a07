import type { CustomerPlan, HostPlan } from '../host-plan.ts';
import { apiManager, identityServer, microIntegrator } from '../products.ts';
import { disks } from './disks.ts';
import { behindByAWeek, newKernel, stopped } from './packages.ts';

export function acme(): CustomerPlan {
  return {
    id: 'acme',
    name: 'Acme Bank',
    slackTeamId: 'T0ACME',
    channels: [
      { id: 'C0ACMEOPS', kind: 'ops' },
      { id: 'C0OPSALL', kind: 'ops' },
      { id: 'C0ACMESHARED', kind: 'shared' },
    ],
    bastion: 'acme-bastion',
    environments: [
      { name: 'prod', production: true, timeZone: 'Europe/Zurich', hosts: acmeProduction() },
      { name: 'dev', production: false, timeZone: 'Europe/Zurich', hosts: acmeDevelopment() },
    ],
  };
}

function acmeProduction(): readonly HostPlan[] {
  const gateway = { role: 'gateway', cores: 4, memoryGiB: 16 };
  const identity = { role: 'identity', cores: 2, memoryGiB: 8 };
  const integrator = { role: 'integrator', cores: 4, memoryGiB: 8 };
  return [
    {
      ...gateway,
      name: 'apim-1',
      packages: behindByAWeek,
      memoryUsed: 61,
      cpuBusy: 34,
      uptimeDays: 41,
      filesystems: disks(52, 38),
      product: apiManager({ pid: 1873, heapMaxMiB: 4096, oldGenUsed: 46 }),
    },
    {
      ...gateway,
      name: 'apim-2',
      memoryUsed: 58,
      cpuBusy: 29,
      uptimeDays: 41,
      filesystems: disks(49, 41),
      product: apiManager({ pid: 1901, heapMaxMiB: 4096, oldGenUsed: 43 }),
    },
    {
      ...identity,
      name: 'is-1',
      packages: newKernel,
      memoryUsed: 66,
      cpuBusy: 22,
      uptimeDays: 87,
      filesystems: disks(44, 33),
      product: identityServer({ pid: 2214, heapMaxMiB: 2048, oldGenUsed: 57, certificateDays: 23 }),
    },
    {
      ...identity,
      name: 'is-2',
      memoryUsed: 63,
      cpuBusy: 19,
      uptimeDays: 87,
      filesystems: disks(46, 35),
      product: identityServer({ pid: 2240, heapMaxMiB: 2048, oldGenUsed: 52 }),
    },
    {
      ...integrator,
      name: 'mi-1',
      memoryUsed: 48,
      cpuBusy: 41,
      uptimeDays: 12,
      filesystems: disks(57, 61),
      product: microIntegrator({ pid: 1544, heapMaxMiB: 1024, oldGenUsed: 38 }),
    },
    {
      ...integrator,
      name: 'mi-2',
      packages: stopped,
      memoryUsed: 51,
      cpuBusy: 44,
      uptimeDays: 12,
      filesystems: disks(59, 92),
      product: microIntegrator({ pid: 1560, heapMaxMiB: 1024, oldGenUsed: 41 }),
    },
  ];
}

function acmeDevelopment(): readonly HostPlan[] {
  const machine = { cores: 2, memoryGiB: 8, memoryUsed: 55, cpuBusy: 9, uptimeDays: 3, filesystems: disks(63, 47) };
  const product = apiManager({ pid: 1320, heapMaxMiB: 2048, oldGenUsed: 31 });
  return [{ name: 'dev-1', role: 'gateway', ...machine, product }];
}
