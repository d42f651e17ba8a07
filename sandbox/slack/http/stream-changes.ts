import type { World } from '../world/world.ts';
import type { Exchange } from './exchange.ts';

const GATHER_MS = 30;
const KEEP_ALIVE_MS = 20_000;

/** Server-sent events: `changed` with the world's revision, soon after each change. */
export function streamChanges(world: World, { request, response }: Exchange): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer = undefined;
    response.write(`event: changed\ndata: ${JSON.stringify({ revision: world.revision() })}\n\n`);
  };
  tell();
  const stopListening = world.onChange(() => {
    timer ??= setTimeout(tell, GATHER_MS);
  });
  const keepAlive = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
  request.on('close', () => {
    stopListening();
    clearTimeout(timer);
    clearInterval(keepAlive);
  });
}
