import { describe, expect, it } from 'vitest';
import { ownRunbook } from '../../../src/domain/own-runbook.ts';

const THEIRS = 'https://wiki.acme.example/r';

describe('ownRunbook', () => {
  it('is the first that an alert names, over https alone', () => {
    const links = [
      undefined,
      {},
      { runbook: 'http://wiki.acme.example' },
      { runbook: THEIRS },
      { runbook: 'https://x' },
    ];
    expect(ownRunbook(links.map((one) => ({ links: one })))).toBe(THEIRS);
    expect(ownRunbook([])).toBeUndefined();
  });
});
