import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { METRICS } from '../../src/domain/metric.ts';

/** What a minute of all hosts is to Prometheus: one target with a series for each host and metric, new numbers each time. */
export async function startExporter(hosts: readonly string[]): Promise<{ readonly port: number; stop(): void }> {
  const server = http.createServer((_request, response) => {
    const lines = METRICS.flatMap((metric) =>
      hosts.map((host) => `${metric}_now{host="${host}"} ${Math.random() * 100}`),
    );
    response.end(`${lines.join('\n')}\n`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
