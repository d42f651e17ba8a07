import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { freePort, holdPort } from '../../../sandbox/ports.ts';

async function listen(port: number) {
  const server = net.createServer();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

it('keeps a port that refuses whoever connects, until it is released', async () => {
  const before = await listen(0);
  before.close();
  const held = await holdPort(before.port);
  expect(held.port).toBe(before.port);
  await expect(once(net.connect(held.port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await held.release();
  const after = await listen(held.port);
  after.close();
});

it('has the system give a port that is held to nobody else', async () => {
  const held = await Promise.all(Array.from({ length: 300 }, () => holdPort()));
  const taken = await Promise.all(Array.from({ length: 300 }, () => listen(0)));
  const ports = new Set(held.map(({ port }) => port));
  expect(ports.size).toBe(300);
  expect(taken.filter(({ port }) => ports.has(port))).toEqual([]);
  for (const { close } of taken) {
    close();
  }
  await Promise.all(held.map(({ release }) => release()));
});

it('finds a port that a program can take', async () => {
  const { close } = await listen(await freePort());
  close();
});
