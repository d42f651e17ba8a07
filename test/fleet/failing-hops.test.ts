import { afterEach, describe, expect, it } from 'vitest';
import { describeHopFailure, shortHopFailure } from '../../src/views/hop-failure-words.ts';
import { addressOf, fault, heal, powerCycle } from './fleet.ts';
import { failureOf as factsOf, run } from './over-ssh.ts';

/** What went wrong, and how a person reads it. */
async function failureOf(host: string) {
  const facts = await factsOf(host);
  const { what, next } = describeHopFailure(facts);
  expect(what.replaceAll('`', '')).toContain(`${facts.role} ${facts.hop} at ${facts.address}`);
  expect(next).not.toBe('');
  return { ...facts, short: shortHopFailure(facts) };
}

afterEach(async () => {
  await heal('bastion', 'a1');
  expect((await run('a1', ['hostname'])).stdout).toBe('a1\n'); // The failure was the fault's doing.
});

describe('a bastion that fails', () => {
  it('refuses connections while its sshd is down', async () => {
    await fault('bastion', 'ssh-stop');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'connection_refused',
      short: 'refused',
      role: 'bastion',
      hop: 'bastion',
      address: `${addressOf('bastion')}:22`,
    });
  });

  it('is silent behind a firewall that lets other sources in', async () => {
    await fault('bastion', 'firewall', '192.0.2.0/24');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'connect_timeout',
      short: 'timeout',
      role: 'bastion',
      hop: 'bastion',
    });
  });

  it('refuses the login of a source that is not on its allowlist', async () => {
    await fault('bastion', 'allow-users', 'ops@192.0.2.*');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'authentication_failed',
      short: 'login refused',
      role: 'bastion',
      hop: 'bastion',
    });
  });

  it('lets in a source that is on its allowlist', async () => {
    await fault('bastion', 'allow-users', 'ops@10.213.0.*');
    expect((await run('a1', ['hostname'])).stdout).toBe('a1\n');
  });

  it('does not forward', async () => {
    await fault('bastion', 'no-forwarding');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'forwarding_denied',
      short: 'no forwarding',
      role: 'bastion',
      hop: 'bastion',
    });
  });

  it('hangs before its banner', async () => {
    await fault('bastion', 'ssh-hang');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'no_ssh_banner',
      short: 'sshd hangs',
      role: 'bastion',
      hop: 'bastion',
    });
  });

  it('offers another host key', async () => {
    await fault('bastion', 'host-key');
    const { kind, role, short, detail } = await failureOf('a1');
    expect({ kind, role, short }).toEqual({ kind: 'host_key_changed', short: 'key changed', role: 'bastion' });
    expect(detail).toMatch(/SHA256:/);
  });

  it('is unplugged', async () => {
    await fault('bastion', 'link-down');
    const { kind, role } = await failureOf('a1');
    expect(['no_route', 'connect_timeout']).toContain(kind);
    expect(role).toBe('bastion');
  });
});

describe('a host that fails behind a good bastion', () => {
  it('refuses connections while its sshd is down', async () => {
    await fault('a1', 'ssh-stop');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'connection_refused',
      short: 'refused',
      role: 'host',
      hop: 'a1',
      address: `${addressOf('a1')}:22`,
    });
  });

  it('rejects with a reset', async () => {
    await fault('a1', 'reject');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'connection_refused',
      short: 'refused',
      role: 'host',
      hop: 'a1',
    });
  });

  it('is silent when its packets are dropped', async () => {
    await fault('a1', 'blackhole');
    expect(await failureOf('a1')).toMatchObject({ kind: 'connect_timeout', short: 'timeout', role: 'host', hop: 'a1' });
  });

  it('hangs before its banner', async () => {
    await fault('a1', 'ssh-hang');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'no_ssh_banner',
      short: 'sshd hangs',
      role: 'host',
      hop: 'a1',
    });
  });

  it('offers another host key', async () => {
    await fault('a1', 'host-key');
    const { kind, role, short, detail } = await failureOf('a1');
    expect({ kind, role, short }).toEqual({ kind: 'host_key_changed', short: 'key changed', role: 'host' });
    expect(detail).toMatch(/SHA256:/);
  });

  it('no longer knows our key', async () => {
    await fault('a1', 'no-key');
    expect(await failureOf('a1')).toMatchObject({
      kind: 'authentication_failed',
      short: 'login refused',
      role: 'host',
      hop: 'a1',
    });
  });

  it('is back after a power cut', async () => {
    await powerCycle('a1');
    expect((await run('a1', ['hostname'])).stdout).toBe('a1\n');
  });
});
