import { describe, expect, it } from 'vitest';
import { checkWish, tidyWish, type WishToCheck } from '../../../../src/services/access/check-wish.ts';
import { ACCESS, DANAS_KEY, HOUR_MS, PROD } from '../../../support/access-world.ts';
import { NOW } from '../../../support/builders.ts';

const LINUX = { hosts: ['apim-1'], publicKey: DANAS_KEY, productLogs: false };

function aWish(overrides: Partial<WishToCheck> = {}): WishToCheck {
  return {
    ...{ wish: { kinds: ['linux'], linux: LINUX }, reason: 'Look at the logs', settings: ACCESS, environment: PROD },
    ...{ until: new Date(NOW.getTime() + HOUR_MS), now: NOW },
    ...overrides,
  };
}
const at = (ms: number) => ({ until: new Date(NOW.getTime() + ms) });
const linux = (overrides: Partial<typeof LINUX>) => ({
  wish: { kinds: ['linux'] as const, linux: { ...LINUX, ...overrides } },
});

describe('checkWish', () => {
  it.each<Partial<WishToCheck>>([
    {},
    { wish: { kinds: ['dashboard'] } },
    at(1),
    at(ACCESS.longestMs),
    { reason: 'x'.repeat(10) },
    { reason: `  ${'x'.repeat(500)}  ` },
    { ticket: '' },
    { ticket: 'OPS-123' },
    { ticket: 'https://jira.acme.example/browse/OPS-1' },
  ])('has nothing against %o', (overrides) => {
    expect(checkWish(aWish(overrides))).toEqual({});
  });

  it.each<[Partial<WishToCheck>, string, string]>([
    [{ wish: { kinds: [] } }, 'kinds', 'at least one'],
    [
      { wish: { kinds: ['logs'] }, settings: { ...ACCESS, kinds: ['dashboard'] } },
      'kinds',
      'you can ask for: dashboard',
    ],
    [{ wish: { kinds: ['linux'] } }, 'kinds', 'you can ask for'],
    [{ wish: { kinds: ['dashboard'], linux: LINUX } }, 'kinds', 'you can ask for'],
    [{ wish: { kinds: ['sudo' as 'logs'] } }, 'kinds', 'you can ask for'],
    [linux({ hosts: [] }), 'hosts', 'at least one host'],
    [linux({ hosts: ['apim-1', 'gw-1'] }), 'hosts', 'of this environment'],
    [linux({ hosts: ['apim-1; rm'] }), 'hosts', 'of this environment'],
    [linux({ publicKey: '' }), 'publicKey', 'no SSH public key'],
    [at(0), 'until', 'in the future'],
    [at(-1), 'until', 'in the future'],
    [at(Number.NaN), 'until', 'in the future'],
    [at(ACCESS.longestMs + 1), 'until', '72 h at most'],
    [{ ...at(HOUR_MS), settings: { ...ACCESS, longestMs: HOUR_MS / 2 } }, 'until', '30 min at most'],
    [{ reason: 'x'.repeat(9) }, 'reason', '10 to 500'],
    [{ reason: ' '.repeat(50) }, 'reason', '10 to 500'],
    [{ reason: 'x'.repeat(501) }, 'reason', '10 to 500'],
    [{ ticket: 'x'.repeat(61) }, 'ticket', '60 characters'],
    [{ ticket: '<@U0ALICE>' }, 'ticket', '60 characters'],
    [{ ticket: 'OPS-1\nOPS-2' }, 'ticket', '60 characters'],
  ])('says what is wrong with %o', (overrides, field, words) => {
    const problems = checkWish(aWish(overrides));
    expect(Object.keys(problems)).toEqual([field]);
    expect(Object.values(problems)[0]).toContain(words);
  });
});

describe('tidyWish', () => {
  it('orders kinds and hosts, takes each once, and drops the comment of the key', () => {
    const publicKey = `${DANAS_KEY} dana@laptop`;
    const wish = {
      kinds: ['linux', 'dashboard', 'linux'],
      linux: { hosts: ['apim-2', 'apim-1', 'apim-2'], publicKey, productLogs: true },
    } as const;
    expect(tidyWish(wish, PROD)).toEqual({
      kinds: ['dashboard', 'linux'],
      linux: { hosts: ['apim-1', 'apim-2'], publicKey: DANAS_KEY, productLogs: true },
    });
  });
});
