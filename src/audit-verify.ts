import { parseArgs } from 'node:util';
import { createLogger } from './adapters/log/pino-logger.ts';
import { createAuditLog } from './adapters/store/audit-log.ts';
import { openStore } from './adapters/store/open-store.ts';
import { ENV_SETTINGS, type EnvSetting } from './config/env-settings.ts';
import { collectSettings } from './config/env-sources.ts';
import { SetupError, UserError } from './domain/errors.ts';
import { Secret } from './domain/secret.ts';
import type { AuditVerification } from './services/audit/ports.ts';

const USAGE = 'Usage: npm run audit:verify [-- --head HASH]   HASH: a head that was published before, 64 hex digits';
const USUAL_DIRECTORY = (ENV_SETTINGS.find(({ name }) => name === 'MSOPS_DATA_DIR') as EnvSetting).default ?? '.msops';

/** `npm run audit:verify`: recomputes the audit chain. Exit code 0 intact, 1 broken, 2 wrong usage, 78 or 75 no store. */
async function main(): Promise<number> {
  const head = readHead();
  const store = await openStore({ ...readStoreSettings(), logger: createLogger({ level: 'warn' }) });
  try {
    const found = await createAuditLog(store).verify(head);
    process.stdout.write(`${describe(found)}\nStore: ${store.description}\n`);
    return found.intact ? 0 : 1;
  } finally {
    await store.close();
  }
}

function readHead(): string | undefined {
  const { head } = readArguments();
  if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head)) {
    throw new UserError('--head is not a hash.', { hint: USAGE });
  }
  return head?.toLowerCase();
}

function readArguments() {
  try {
    return parseArgs({ options: { head: { type: 'string' } } }).values;
  } catch (cause) {
    throw new UserError((cause as Error).message, { cause, hint: USAGE });
  }
}

/** Only where the store is: the audit log can be verified on a machine without any token. */
function readStoreSettings() {
  const { values, problems } = collectSettings(process.env);
  const problem = problems.find(({ name }) => name === 'DATABASE_URL' || name === 'MSOPS_DATA_DIR');
  if (problem !== undefined) {
    throw new SetupError(`${problem.name} ${problem.problem}`);
  }
  const { DATABASE_URL: url, MSOPS_DATA_DIR: directory } = values;
  return { databaseUrl: url === undefined ? undefined : new Secret(url), directory: directory ?? USUAL_DIRECTORY };
}

function describe(found: AuditVerification): string {
  return found.intact
    ? `The audit log is intact: ${found.entries} entries.\nHead: ${found.headHash}`
    : `The audit log is BROKEN at row ${found.brokenAt}: ${found.problem}.`;
}

function fail(error: unknown): number {
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n${error.hint}\n`);
    return 2;
  }
  const isSetup = error instanceof SetupError;
  process.stderr.write(`${isSetup ? error.message : (error as Error).stack}\n`);
  return isSetup ? error.exitCode : 1;
}

process.exitCode = await main().catch(fail);
