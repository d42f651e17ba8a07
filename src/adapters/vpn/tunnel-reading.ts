import type { LocalOutcome } from './run-local.ts';

/** What one look gave, or why it gave nothing. */
export type Reading<T> = { readonly value: T } | { readonly gap: string };

/** A look by a program: its gaps are the same whatever it looks at. */
export interface Tool {
  readonly name: string;
  /** Of Debian and of the RHEL family. */
  readonly packageName: string;
}

export const IP: Tool = { name: 'ip', packageName: 'iproute2' };
export const WG: Tool = { name: 'wg', packageName: 'wireguard-tools' };

/** @param read of an exit code and output; `undefined` when it says nothing that we know. */
export function readOutcome<T>(
  tool: Tool,
  outcome: LocalOutcome,
  read: (exited: LocalOutcome & { kind: 'exited' }) => T | undefined,
): Reading<T> {
  if (outcome.kind === 'exited') {
    const value = read(outcome);
    return value === undefined ? { gap: describeExit(tool, outcome.stderr) } : { value };
  }
  const reasons = {
    not_installed: `${tool.name} is not installed on the bot's machine (package ${tool.packageName})`,
    not_allowed: `${tool.name} may not be run by the bot`,
    timed_out: `${tool.name} did not answer in time`,
  } as const;
  return { gap: reasons[outcome.kind] };
}

function describeExit({ name }: Tool, stderr: string): string {
  if (/not permitted|permission denied/i.test(stderr)) {
    return `${name} needs CAP_NET_ADMIN: give it to the bot's service (AmbientCapabilities=CAP_NET_ADMIN)`;
  }
  const reason = stderr.trim().split('\n')[0];
  return reason ? `${name}: ${reason.slice(0, 120)}` : `${name} gave an answer that is not understood`;
}

/** @returns `undefined` for text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
