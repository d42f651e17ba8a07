import { fileURLToPath } from 'node:url';
import { runSandbox } from './run-sandbox.ts';

const sandbox = await runSandbox({
  port: 4800,
  transport: 'socket',
  directory: fileURLToPath(new URL('../.msops/sandbox', import.meta.url)),
  onProgress: (t) => console.log(t),
});
console.log(sandbox.url, sandbox.bot.ready);
process.once('SIGINT', () => void sandbox.stop().then(() => process.exit(0)));
process.once('SIGTERM', () => void sandbox.stop().then(() => process.exit(0)));
