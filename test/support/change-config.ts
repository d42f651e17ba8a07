import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

/** The parts of the sandbox's `msops.yml` that tests change. */
export interface WrittenConfig {
  people: Record<string, { id: string; name: string }>;
  assignments: { person: string; role: string; customers: 'all' | string[] }[];
  defaults: { rollout: Record<string, unknown> };
  approval_policies: { name: string; expires_after: string }[];
}

/** A running bot sees it once it is told to reload. */
export function changeConfig(file: string, change: (config: WrittenConfig) => void): void {
  const config = parse(readFileSync(file, 'utf8')) as WrittenConfig;
  change(config);
  writeFileSync(file, stringify(config));
}

/** For stories in which what comes after the health gate is not looked at. */
export function observeBriefly({ defaults }: WrittenConfig): void {
  defaults.rollout.observe = '1s';
}
