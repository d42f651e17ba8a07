import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/views/dashboard-text.ts';

describe('plain', () => {
  it('keeps a percent sign with its number, and one line', () => {
    expect(plain('/var 93 % full\n(critical from 90 %)')).toBe('/var 93\u00a0% full (critical from 90\u00a0%)');
  });

  it('takes out what turns or hides text', () => {
    expect(plain('mi-2\u202egnp.exe')).toBe('mi-2 gnp.exe');
  });
});
