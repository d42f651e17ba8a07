import { afterEach, describe, expect, it } from 'vitest';
import { type HealthServer, startHealthServer } from '../../../src/web/health-server.ts';

let server: HealthServer | undefined;
afterEach(async () => server?.close());

async function ask(path: string, isHealthy: () => Promise<boolean>): Promise<[number, string]> {
  server = await startHealthServer(0, [{ name: 'store', isHealthy }]);
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return [response.status, await response.text()];
}

describe('health server', () => {
  it('answers 200 when every part works', async () => {
    expect(await ask('/healthz', async () => true)).toEqual([200, '{"store":"ok"}']);
  });

  it('answers 503 and names the part that does not', async () => {
    const broken = async (): Promise<boolean> => Promise.reject(new Error('password is hunter2'));
    expect(await ask('/healthz', broken)).toEqual([503, '{"store":"broken"}']);
  });

  it('has nothing else to tell', async () => {
    expect(await ask('/', async () => true)).toEqual([404, '']);
  });

  it('names the setting when its port is taken', async () => {
    server = await startHealthServer(0, []);
    await expect(startHealthServer(server.port, [])).rejects.toThrow('The port of HEALTH_PORT cannot be used');
  });
});
