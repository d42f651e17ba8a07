import { once } from 'node:events';
import net from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { dial } from '../../../../src/adapters/ssh/dial.ts';
import { cleanUp } from './ssh-harness.ts';

it('dial sends what is written in one turn of the event loop together, at the end of the turn', async () => {
  const listener = net.createServer();
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port } = listener.address() as net.AddressInfo;
  const accepted = once(listener, 'connection') as Promise<[net.Socket]>;
  const socket = dial({ name: 'app-1', address: '127.0.0.1', port, user: 'ops', hostKeys: [] });
  await once(socket, 'connect');
  const [peer] = await accepted;
  cleanUp(() => [socket.destroy(), peer.destroy(), listener.close()]);

  socket.write('a');
  socket.write('b');
  expect(socket.writableCorked).toBe(1);
  await setImmediate();
  expect(socket.writableCorked).toBe(0);
  const [chunk] = await once(peer, 'data');
  expect(`${chunk}`).toBe('ab');
});
