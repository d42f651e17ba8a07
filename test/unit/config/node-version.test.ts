import { describe, expect, it } from 'vitest';
import { nodeVersionProblem } from '../../../src/config/node-version.ts';

describe('nodeVersionProblem', () => {
  it.each(['v22.19.0', '22.19.1', 'v22.21.0', 'v24.0.0', '26.1.0'])('has nothing against %s', (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined();
  });

  it.each(['v22.18.9', '22.9.0', 'v20.19.0', '18.20.0', 'nonsense'])('refuses %s and says what to do', (version) => {
    expect(nodeVersionProblem(version)).toMatch(/needs Node 22\.19 or newer.*npm ci/);
  });
});
