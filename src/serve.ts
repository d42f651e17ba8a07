import type { Env } from './config/env.ts';
import type { Outside } from './outside.ts';
import { type HealthServer, startHealthServer } from './web/health-server.ts';
import { startWeb, type WebParts } from './wire-web.ts';

/** What of us can be asked over HTTP, besides what Slack asks. */
export interface Served {
  /** For the log. */
  readonly ports: { readonly health?: number | undefined; readonly web?: number | undefined };
  close(): Promise<void>;
}

/** Serves what the environment asks for. @throws {SetupError} when a port is taken. */
export async function serve(env: Env, parts: WebParts): Promise<Served> {
  const web = await startWeb(env, parts);
  try {
    const health = await startHealth(env, parts.outside);
    return {
      ports: { health: health?.port, web: web?.port },
      async close() {
        await web?.close();
        await health?.close();
      },
    };
  } catch (error) {
    await web?.close();
    throw error;
  }
}

async function startHealth({ healthPort }: Env, { store }: Outside): Promise<HealthServer | undefined> {
  const isHealthy = async (): Promise<boolean> => (await store.pool.query('select 1')).rowCount === 1;
  return healthPort === undefined ? undefined : startHealthServer(healthPort, [{ name: 'store', isHealthy }]);
}
