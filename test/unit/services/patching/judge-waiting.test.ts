import { describe, expect, it } from 'vitest';
import { judgeOverdue } from '../../../../src/services/patching/judge-waiting.ts';

describe('judgeOverdue', () => {
  it('tells a time that was agreed in minutes, and what waits for hours', () => {
    const now = new Date('2026-11-23T12:00:00Z');
    const waiting = [{ name: 'openssl', version: '3.0.22', since: new Date('2026-11-23T09:59:00Z') }];
    expect(judgeOverdue(waiting, 30 * 60_000, now)).toEqual([
      { level: 'critical', text: '1 security update waits for longer than the 30 min agreed: openssl (2 h)' },
    ]);
  });
});
