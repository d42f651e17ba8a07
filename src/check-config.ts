import { describeConfig } from './config/describe-config.ts';
import { loadConfig } from './config/load-config.ts';
import { SetupError } from './domain/errors.ts';

const USAGE = 'Usage: npm run check-config FILE';
const WRONG_USAGE = 2;

/** Checks a configuration without starting anything. Returns the exit code. */
function checkConfig([file, ...rest]: readonly string[]): number {
  if (file === undefined || file.startsWith('-') || rest.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return WRONG_USAGE;
  }
  try {
    process.stdout.write(`${file} is OK: ${describeConfig(loadConfig(file))}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof SetupError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}

process.exitCode = checkConfig(process.argv.slice(2));
