import { startEmbeddedPostgres } from '../../../../../src/adapters/store/embedded/embedded-postgres.ts';
import { createRecordingLogger } from '../../../../support/recording-logger.ts';

/** A process that starts or attaches to the server of a directory, says so, and stays until it is killed. */
const [directory = ''] = process.argv.slice(2);
const logger = createRecordingLogger();
await startEmbeddedPostgres({ directory, logger });
process.stdout.write(`${logger.lines.length > 0 ? 'started' : 'attached'}\n`);
