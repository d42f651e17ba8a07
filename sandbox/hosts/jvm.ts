import type { ProductPlan } from './host-plan.ts';
import type { HostMeasurement } from './host-state.ts';
import { encodePerfData, type PerfCounter } from './perf-data.ts';

const MEBIBYTE = 1024 * 1024;

/** The command line of the product's JVM as `/proc/<pid>/cmdline` holds it: arguments ended by NUL. */
export function jvmCommandLine(product: ProductPlan): string {
  const { home, heapMaxMiB } = product;
  const command = [
    '/opt/java/openjdk-17/bin/java',
    '-Xms256m',
    `-Xmx${heapMaxMiB}m`,
    '-XX:+HeapDumpOnOutOfMemoryError',
    `-Dcarbon.home=${home}`,
    `-Dwso2.server.standalone=true`,
    'org.wso2.carbon.bootstrap.Bootstrap',
  ];
  return `${command.join('\0')}\0`;
}

/** The perf data file of a G1 JVM: one young generation of three spaces and one old generation. */
export function jvmPerfData(product: ProductPlan, measured: HostMeasurement): Buffer {
  const max = product.heapMaxMiB * MEBIBYTE;
  const youngCapacity = max * 0.3;
  const survivor = 8 * MEBIBYTE;
  const young = generation(0, { name: 'young', capacity: youngCapacity, max });
  const old = generation(1, { name: 'old', capacity: max * 0.7, max });
  const edenCapacity = youngCapacity - 2 * survivor;
  const edenUsed = edenCapacity * (measured.edenUsedPercent / 100);
  // Under G1 the maximum of each generation is the whole heap, and the plan's share is one of that.
  const oldUsed = max * (measured.oldGenUsedPercent / 100);
  return encodePerfData([
    { name: 'sun.rt.javaCommand', value: 'org.wso2.carbon.bootstrap.Bootstrap', unit: 'string' },
    { name: 'java.property.java.version', value: '17.0.15', unit: 'string' },
    { name: 'java.property.java.vm.name', value: 'OpenJDK 64-Bit Server VM', unit: 'string' },
    { name: 'sun.os.hrt.frequency', value: 1_000_000_000, unit: 'hertz' },
    { name: 'sun.gc.policy.name', value: 'GarbageFirst', unit: 'string' },
    { name: 'sun.gc.policy.collectors', value: 1, unit: 'none' },
    { name: 'sun.gc.policy.generations', value: 2, unit: 'none' },
    ...young,
    { name: 'sun.gc.generation.0.spaces', value: 3, unit: 'none' },
    ...space('0.space.0', { name: 'eden', capacity: edenCapacity, used: edenUsed, max }),
    ...space('0.space.1', { name: 's0', capacity: survivor, used: 0, max }),
    ...space('0.space.2', { name: 's1', capacity: survivor, used: survivor * 0.4, max }),
    ...old,
    { name: 'sun.gc.generation.1.spaces', value: 1, unit: 'none' },
    ...space('1.space.0', { name: 'space', capacity: max * 0.7, used: oldUsed, max }),
    ...collectors(measured.uptimeSeconds),
  ]);
}

function generation(index: number, facts: { name: string; capacity: number; max: number }): PerfCounter[] {
  const prefix = `sun.gc.generation.${index}`;
  return [
    { name: `${prefix}.name`, value: facts.name, unit: 'string' },
    { name: `${prefix}.minCapacity`, value: 8, unit: 'bytes' },
    { name: `${prefix}.maxCapacity`, value: facts.max, unit: 'bytes' },
    { name: `${prefix}.capacity`, value: facts.capacity, unit: 'bytes' },
  ];
}

/** Bytes. */
interface SpaceFacts {
  readonly name: string;
  readonly capacity: number;
  readonly used: number;
  readonly max: number;
}

function space(path: string, facts: SpaceFacts): PerfCounter[] {
  const prefix = `sun.gc.generation.${path}`;
  return [
    { name: `${prefix}.name`, value: facts.name, unit: 'string' },
    { name: `${prefix}.initCapacity`, value: 8, unit: 'bytes' },
    { name: `${prefix}.maxCapacity`, value: facts.max, unit: 'bytes' },
    { name: `${prefix}.capacity`, value: facts.capacity, unit: 'bytes' },
    { name: `${prefix}.used`, value: facts.used, unit: 'bytes' },
  ];
}

function collectors(uptimeSeconds: number): PerfCounter[] {
  const names = ['G1 young collection pauses', 'G1 full collection pauses', 'G1 concurrent cycle pauses'];
  const invocations = [Math.floor(uptimeSeconds / 47), 0, Math.floor(uptimeSeconds / 900)];
  return names.flatMap((name, index) => [
    { name: `sun.gc.collector.${index}.name`, value: name, unit: 'string' as const },
    { name: `sun.gc.collector.${index}.invocations`, value: invocations[index]!, unit: 'events' as const },
    { name: `sun.gc.collector.${index}.time`, value: invocations[index]! * 31_000_000, unit: 'ticks' as const },
  ]);
}
