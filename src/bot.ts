import { createLogger } from './adapters/log/pino-logger.ts';
import { createApp } from './app.ts';
import { readEnv } from './config/env.ts';
import { nodeVersionProblem } from './config/node-version.ts';
import { SetupError } from './domain/errors.ts';

/** Starts the bot and stops it well: SIGHUP reads msops.yml again, SIGTERM drains, a second one does not wait. */
async function main(): Promise<void> {
  const versionProblem = nodeVersionProblem(process.versions.node);
  if (versionProblem !== undefined) {
    throw new SetupError(versionProblem);
  }
  const env = readEnv(process.env);
  const logger = createLogger({ level: env.logLevel });
  process.on('unhandledRejection', (error) => {
    logger.error('Unhandled rejection: stopping, so that the supervisor starts me again', { error });
    process.exit(1);
  });

  let isStopping = false;
  const bot = await createApp(env, logger);
  process.on('SIGHUP', bot.reload);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await bot.start().catch(async (error: unknown) => {
    if (!isStopping) {
      await bot.stop().catch(() => undefined);
      throw error;
    }
  });
  if (!isStopping) {
    logger.info('Ready', bot.describe());
  }

  function stop(): void {
    isStopping = true;
    for (const signal of ['SIGTERM', 'SIGINT']) {
      process.on(signal, () => process.exit(1));
    }
    logger.info('Stopping');
    bot.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('Stop failed', { error });
        process.exit(1);
      },
    );
  }
}

main().catch((error: unknown) => {
  const isSetup = error instanceof SetupError;
  process.stderr.write(`${isSetup ? error.message : (error as Error).stack}\n`);
  process.exit(isSetup ? error.exitCode : 1);
});
