import type { HostReport, HostSample, ProductSample } from '../../domain/host-report.ts';

/** One metric of hosts. */
export interface HostFamily {
  readonly name: string;
  readonly help: string;
  /** Beside `environment` and `host`. */
  readonly labels: readonly string[];
  /** What is unknown is left out. */
  read(report: HostReport): readonly HostValue[];
}

export interface HostValue {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number | undefined;
}

export const HOST_FAMILIES: readonly HostFamily[] = [
  {
    ...{ name: 'msops_host_up', help: 'Whether the last check has reached the host and got an answer.', labels: [] },
    read: ({ failure, sample }) => [{ value: failure === undefined ? sample && 1 : isKnown(failure) ? 0 : undefined }],
  },
  ofSample('msops_host_cpu_busy_ratio', 'Share of all cores that was busy.', (sample) => share(sample.cpuBusyPercent)),
  ofSample('msops_host_cpu_steal_ratio', 'Share that the hypervisor kept.', (sample) => share(sample.cpuStealPercent)),
  ofSample('msops_host_cpu_cores', 'Cores of the host.', ({ cores }) => cores),
  ofSample('msops_host_load1', 'Load average of one minute.', ({ loadAverage1 }) => loadAverage1),
  ofSample('msops_host_memory_used_ratio', 'Share of memory that is not available.', (sample) =>
    share(sample.memoryUsedPercent),
  ),
  ofSample('msops_host_memory_bytes', 'Memory of the host.', ({ memoryTotalBytes }) => memoryTotalBytes),
  ofSample('msops_host_uptime_seconds', 'Since the host was started.', ({ uptimeSeconds }) => uptimeSeconds),
  ofMounts('msops_filesystem_used_ratio', 'Share of the filesystem that is used, as df counts it.', (one) =>
    share(one.usedPercent),
  ),
  ofMounts('msops_filesystem_inodes_used_ratio', 'Share of the inodes that is used.', (one) =>
    share(one.inodesUsedPercent),
  ),
  ofMounts('msops_filesystem_size_bytes', 'Size of the filesystem.', ({ totalBytes }) => totalBytes),
  ofMounts('msops_filesystem_readonly', 'Mounted read-only though it should not be.', (one) => Number(one.readOnly)),
  ofProducts('msops_jvm_heap_used_bytes', 'Heap of the JVM in use, with garbage.', ({ heap }) => heap?.usedBytes),
  ofProducts('msops_jvm_heap_max_bytes', 'Heap that the JVM may have.', ({ heap }) => heap?.maxBytes),
  ofProducts('msops_jvm_old_gen_used_bytes', 'Old generation in use.', ({ heap }) => heap?.oldGenUsedBytes),
  ofProducts('msops_jvm_old_gen_max_bytes', 'Old generation at most.', ({ heap }) => heap?.oldGenMaxBytes),
  ofProducts('msops_application_up', 'Whether the product runs and its own health checks are well.', isUp),
  {
    ...{
      name: 'msops_health_check_up',
      help: 'Whether a health check is well.',
      labels: ['product', 'check', 'owner'],
    },
    read: ({ sample }) =>
      (sample?.products ?? []).flatMap(({ name: product, health }) =>
        health.map(({ name: check, healthy, owner = 'operations' }) => {
          return { labels: { product, check, owner }, value: healthy === undefined ? undefined : Number(healthy) };
        }),
      ),
  },
];

function ofSample(name: string, help: string, value: (sample: HostSample) => number | undefined): HostFamily {
  return { name, help, labels: [], read: ({ sample }) => [{ value: sample && value(sample) }] };
}

type Filesystem = NonNullable<HostSample['filesystems']>[number];

function ofMounts(name: string, help: string, value: (one: Filesystem) => number | undefined): HostFamily {
  const read = ({ sample }: HostReport) =>
    (sample?.filesystems ?? []).map((one) => ({ labels: { mountpoint: one.mount }, value: value(one) }));
  return { name, help, labels: ['mountpoint'], read };
}

function ofProducts(name: string, help: string, value: (one: ProductSample) => number | undefined): HostFamily {
  const read = ({ sample }: HostReport) =>
    (sample?.products ?? []).map((one) => ({ labels: { product: one.name }, value: value(one) }));
  return { name, help, labels: ['product'], read };
}

/** Services of the customer on top of it say nothing of the product. */
function isUp({ running, health }: ProductSample): number | undefined {
  const own = health.filter(({ owner }) => owner === undefined);
  if (running === false || own.some(({ healthy }) => healthy === false)) {
    return 0;
  }
  return running === undefined || own.some(({ healthy }) => healthy === undefined) ? undefined : 1;
}

/** A check that we broke off says nothing of the host. */
function isKnown({ kind }: NonNullable<HostReport['failure']>): boolean {
  return kind !== 'canceled';
}

function share(percent: number | undefined): number | undefined {
  return percent === undefined ? undefined : percent / 100;
}
