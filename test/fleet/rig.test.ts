import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressOf, exec, fault, heal, shell } from './fleet.ts';

/** `connected`, or the code of the error. */
function dial(address: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 3_000 });
    const end = (outcome: string): void => {
      socket.destroy();
      resolve(outcome);
    };
    socket.on('connect', () => end('connected'));
    socket.on('timeout', () => end('ETIMEDOUT'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

describe('fleet', () => {
  it('reaches the bastion from the network of the tests', async () => {
    expect(await dial(addressOf('bastion'), 22)).toBe('connected');
  });

  it('hides the hosts behind the bastion', async () => {
    expect(await dial(addressOf('a1'), 22)).toBe('ENETUNREACH');
  });

  it('has no way out', async () => {
    expect(await dial('192.0.2.1', 443)).toBe('ENETUNREACH');
  });

  it('runs systemd as PID 1, with no failed unit', async () => {
    expect(await exec('a1', 'systemctl', 'is-system-running', '--wait')).toBe('running');
  });

  it('keeps its hosts apart', async () => {
    expect(await exec('a1', 'hostname')).toBe('a1');
    await shell('a1', 'echo here >/root/mark');
    await expect(exec('a2', 'cat', '/root/mark')).rejects.toThrow('No such file');
  });

  it('heals what a fault broke', async () => {
    await fault('bastion', 'ssh-stop');
    expect(await dial(addressOf('bastion'), 22)).toBe('ECONNREFUSED');
    await heal('bastion');
    expect(await dial(addressOf('bastion'), 22)).toBe('connected');
  });
});
