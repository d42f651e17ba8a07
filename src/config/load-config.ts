import { readFileSync } from 'node:fs';
import { count } from '../domain/count.ts';
import { SetupError } from '../domain/errors.ts';
import { checkApprovers } from './check-approvers.ts';
import { checkChannels } from './check-channels.ts';
import { checkCustomers } from './check-customers.ts';
import { checkMonitoring } from './check-monitoring.ts';
import { checkPeople } from './check-people.ts';
import { checkPolicies } from './check-policies.ts';
import { checkReceivers } from './check-receivers.ts';
import { checkRollouts } from './check-rollouts.ts';
import type { Config } from './config.ts';
import { type Complaint, type ConfigProblem, describeProblem, renderPath } from './config-problem.ts';
import { MsopsFile } from './msops-file.ts';
import { schemaComplaints } from './schema-complaints.ts';
import { Skeleton } from './skeleton.ts';
import { toConfig } from './to-config.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** Problems are sorted by line. */
export type ParsedConfig =
  | { readonly config: Config; readonly problems: readonly [] }
  | { readonly config: undefined; readonly problems: readonly ConfigProblem[] };

/** Reads and checks `msops.yml`, and finds everything that is wrong in one go. */
export function parseConfig(text: string): ParsedConfig {
  const yaml = readYaml(text);
  if (yaml.content === undefined && yaml.problems.length > 0) {
    return { config: undefined, problems: yaml.problems };
  }
  const parsed = MsopsFile.safeParse(yaml.content ?? {}, { reportInput: true });
  const complaints = checkReferences(yaml.content, parsed.success ? [] : schemaComplaints(parsed.error));
  const problems = locate(complaints, yaml);
  return parsed.success && problems.length === 0
    ? { config: toConfig(parsed.data), problems: [] }
    : { config: undefined, problems };
}

/** @throws {SetupError} that lists every problem of the file, or says why it cannot be read. */
export function loadConfig(file: string): Config {
  const { config, problems } = parseConfig(readConfigFile(file));
  if (config !== undefined) {
    return config;
  }
  throw new SetupError(
    [
      `${file} has ${count(problems.length, 'problem')}:`,
      ...problems.map((problem) => describeProblem(file, problem)),
    ].join('\n'),
  );
}

function readConfigFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const next =
      code === 'ENOENT' ? 'Copy msops.example.yml, or set MSOPS_CONFIG to where it is.' : 'Check its owner and mode.';
    throw new SetupError(`${file} cannot be read (${code ?? 'unknown reason'}). ${next}`, { cause: error });
  }
}

function checkReferences(content: unknown, schema: readonly Complaint[]): readonly Complaint[] {
  const file = Skeleton.parse(content);
  const references = [
    ...checkCustomers(file),
    ...checkChannels(file),
    ...checkPeople(file),
    ...checkPolicies(file),
    ...checkRollouts(file),
    ...checkMonitoring(file),
    ...checkReceivers(file),
  ];
  const complaints = [...schema, ...references];
  return complaints.some(isAboutPeople) ? complaints : [...complaints, ...checkApprovers(file)];
}

/** While people are wrong, who can approve is not known, and to complain of it would only be noise. */
function isAboutPeople({ path: [section, , key] }: Complaint): boolean {
  return (
    ['home_team', 'roles', 'people', 'assignments'].includes(String(section)) || key === 'slack_team' || key === 'id'
  );
}

/** A part that is used again by a YAML alias has its problem once. */
function locate(complaints: readonly Complaint[], yaml: YamlFile): readonly ConfigProblem[] {
  const located = new Map<string, ConfigProblem>();
  for (const { path, message } of complaints.toReversed()) {
    const line = yaml.lineOf(path);
    located.set(`${line} ${String(path.at(-1))} ${message}`, { line, path: renderPath(path), message });
  }
  return [...yaml.problems, ...located.values()].toSorted((a, b) => a.line - b.line || a.path.localeCompare(b.path));
}
