import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BotStartError } from './bot-process.ts';
import { runSandbox, type Sandbox } from './run-sandbox.ts';
import { type Invocation, readInvocation, UsageError } from './terminal/invocation.ts';
import { runInvocation } from './terminal/run-invocation.ts';
import { createSandboxClient, SandboxError } from './terminal/sandbox-client.ts';
import { USAGE } from './terminal/usage.ts';

const DEFAULT_PORT = 4800;
const DEFAULT_DIRECTORY = fileURLToPath(new URL('../.msops/sandbox', import.meta.url));
const USAGE_EXIT_CODE = 2;
const INTERRUPTED = 'interrupted';

try {
  const invocation = readInvocation(process.argv.slice(2));
  if (invocation.isHelp) {
    console.log(USAGE);
  } else if (invocation.command === undefined) {
    await keepRunning(invocation);
  } else {
    process.exit(await runOnce(invocation));
  }
} catch (error) {
  explain(error);
}

/** The sandbox with its page, until somebody stops it. */
async function keepRunning({ port, transport, directory }: Invocation): Promise<void> {
  const interrupted = untilInterrupted();
  const sandbox = await runSandbox({
    port: port ?? DEFAULT_PORT,
    transport,
    directory: directory ?? DEFAULT_DIRECTORY,
    isWatched: true,
    onProgress: (what) => console.log(`${what}…`),
  });
  console.log(welcome(sandbox));
  const end = await Promise.race([interrupted, sandbox.bot.ended]);
  if (end === INTERRUPTED) {
    console.log('\nStopping…');
  } else {
    console.error(`The bot ended by itself with ${end}. Its last words are in ${sandbox.logFile}.`);
  }
  await sandbox.stop();
  process.exit(end === INTERRUPTED ? 0 : 1);
}

/** The first signal asks to stop in good order; a second one is obeyed at once. */
function untilInterrupted(): Promise<typeof INTERRUPTED> {
  return new Promise((resolve) => {
    let isAsked = false;
    const ask = () => {
      if (isAsked) {
        process.exit(1);
      }
      isAsked = true;
      resolve(INTERRUPTED);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, ask);
    }
  });
}

function welcome({ url, logFile }: Sandbox): string {
  return `
The msops sandbox is ready:  ${url}

Four things to try:
  1. As Alice in #acme-ops, type  /msops status prod
  2. Open "World" in the upper right corner, freeze is-1, and type it again
  3. As Alice, type  /msops patch apply prod , approve it as Carol (type acme/prod when asked),
     then as Dana of Acme Bank in #acme-shared, and watch it run
  4. Fill /var of apim-1 in "World": within half a minute there is an alert in #acme-ops and a mail under "Mail";
     /msops dashboard prod  shows it all in your browser

The bot's log is in ${relative(process.cwd(), logFile)}. Ctrl-C stops everything.`;
}

/** One command in a running sandbox, or in one that is started for it and removed afterwards. */
async function runOnce(invocation: Invocation): Promise<number> {
  if (invocation.url !== undefined) {
    return report(invocation, invocation.url);
  }
  const interrupted = untilInterrupted();
  const directory = mkdtempSync(join(tmpdir(), 'msops-sandbox-'));
  chmodSync(directory, 0o711); // The account that runs the database for root passes through here.
  const sandbox = await runSandbox({ port: invocation.port ?? 0, transport: invocation.transport, directory });
  try {
    const code = await Promise.race([interrupted, report(invocation, sandbox.url)]);
    return code === INTERRUPTED ? 1 : code;
  } finally {
    await sandbox.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function report(invocation: Invocation, url: string): Promise<number> {
  const { output, problem, exitCode } = await runInvocation(createSandboxClient(url), invocation);
  console.log(output);
  if (problem !== undefined) {
    console.error(problem);
  }
  return exitCode;
}

function explain(error: unknown): void {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = USAGE_EXIT_CODE;
    return;
  }
  const isPortTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  const isKnown = error instanceof SandboxError || error instanceof BotStartError;
  if (isPortTaken) {
    console.error('The port is taken, perhaps by another sandbox. Use that one, or start with --port 0.');
  } else {
    console.error(isKnown ? error.message : error);
  }
  process.exitCode = 1;
}
