import { describe, expect, it } from 'vitest';
import { type HopFailureFacts, hopFailureText } from '../../../src/domain/hop-failure.ts';

describe('hopFailureText', () => {
  it.each<[HopFailureFacts, string]>([
    [
      { kind: 'connection_refused', role: 'bastion', hop: 'acme-bastion' },
      'connection refused at bastion acme-bastion',
    ],
    [
      { kind: 'no_ssh_banner', role: 'host', hop: 'is-1', detail: 'after 10 s' },
      'no SSH banner at host is-1 (after 10 s)',
    ],
    [{ kind: 'vpn_down', role: 'vpn', hop: 'wg-acme' }, 'VPN down at wg-acme'],
  ])('has %j in words', (facts, words) => {
    expect(hopFailureText(facts)).toBe(words);
  });
});
