import net from 'node:net';
import type { TunnelInspector } from '../../domain/tunnel.ts';

const PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused: something answered, but nothing listens on the port',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
  ENOTFOUND: 'its name is not found',
  EAI_AGAIN: 'its name is not found now: DNS does not answer',
  ETIMEDOUT: 'no answer',
};

/** @param timeoutMs of the whole attempt, name look-up included. */
export function createTcpProbe(timeoutMs: number): TunnelInspector['probeTcp'] {
  return (address, port) =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      const socket = net.connect({ host: address, port });
      const settle = (outcome: Awaited<ReturnType<TunnelInspector['probeTcp']>>): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(outcome);
      };
      const timer = setTimeout(() => settle({ problem: `no answer in ${timeoutMs / 1000} s` }), timeoutMs);
      socket.once('connect', () => settle({ ms: Math.round((performance.now() - startedAt) * 10) / 10 }));
      socket.on('error', (error: NodeJS.ErrnoException) => {
        settle({ problem: PROBLEMS[error.code ?? ''] ?? error.code ?? 'failed' });
      });
    });
}
