import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { SetupError } from '../../domain/errors.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/migrations.ts';

/**
 * Brings the tables up to date. Safe to call by several replicas at once: the first migrates, the others wait.
 *
 * @throws {SetupError} when the database is newer than this msops, or refuses.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) {
    return;
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (/previously executed migration .* is missing/.test(reason)) {
    throw new SetupError('The database was used by a newer msops. Start that version, or restore an older backup.', {
      cause: error,
    });
  }
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  throw new SetupError(
    `The database could not be brought up to date${failed ? ` (${failed})` : ''}: ${reason}. msops must be allowed to create tables and schemas in it.`,
    { cause: error },
  );
}
