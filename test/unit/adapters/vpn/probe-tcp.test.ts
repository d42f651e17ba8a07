import { describe, expect, it } from 'vitest';
import { createTcpProbe } from '../../../../src/adapters/vpn/probe-tcp.ts';
import { closedPort, startSilentServer } from '../../../support/silent-server.ts';

describe('createTcpProbe', () => {
  const probe = createTcpProbe(5_000);

  it('measures the time of a connection', async () => {
    const server = await startSilentServer();
    expect(await probe('127.0.0.1', server.port)).toEqual({ ms: expect.any(Number) });
    await server.close();
  });

  it('tells a port where nobody listens', async () => {
    expect(await probe('127.0.0.1', await closedPort())).toEqual({ problem: expect.stringMatching(/^refused/) });
  });

  // The empty label is refused before any DNS server is asked.
  it('tells a name that is not found', async () => {
    expect(await probe('app..invalid', 22)).toEqual({ problem: expect.stringMatching(/name is not found/) });
  });
});
