import { describe, expect, it } from 'vitest';
import { createHostKeyCheck } from '../../../../src/adapters/ssh/host-key-check.ts';
import { newKey } from '../../../support/ssh-server.ts';

const raw = (line: string): Buffer => Buffer.from(line.split(' ')[1] ?? '', 'base64');

describe('createHostKeyCheck', () => {
  it('accepts any of the pinned keys', () => {
    const [old, current, other] = [newKey().public, newKey().public, newKey().public];
    const check = createHostKeyCheck([old, `${current} app-1`]);
    expect([check.verify(raw(old)), check.verify(raw(current)), check.problem()]).toEqual([true, true, undefined]);
    expect(check.verify(raw(other))).toBe(false);
  });

  it('asks for the types that are pinned first, and for others too, to show a changed key', () => {
    const { algorithms } = createHostKeyCheck(['ssh-rsa AAAAB3NzaC1yc2E=']);
    expect(algorithms.slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519']);
    expect(algorithms).not.toContain('ssh-rsa');
  });

  it('accepts nothing by a pin that is no key', () => {
    const check = createHostKeyCheck(['', 'nonsense', 'ssh-ed25519 !!!']);
    expect(check.verify(raw(newKey().public))).toBe(false);
  });
});
