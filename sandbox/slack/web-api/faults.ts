import type { Fault } from '../world/model.ts';

/** Takes the first ordered failure that fits, and counts it down. */
export function takeFault(faults: Fault[], call: { method: string; channel: unknown }): Fault | undefined {
  const fault = faults.find(
    ({ method, channel, times }) =>
      times > 0 && (method === call.method || method === '*') && (channel === undefined || channel === call.channel),
  );
  if (fault !== undefined) {
    fault.times -= 1;
  }
  return fault;
}
