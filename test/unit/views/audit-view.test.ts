import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { AuditEntry } from '../../../src/services/audit/ports.ts';
import { auditView } from '../../../src/views/audit-view.ts';
import { NOW } from '../../support/builders.ts';
import { textsOf } from './texts-of.ts';

function anEntry(overrides: Partial<AuditEntry> = {}): AuditEntry {
  return {
    seq: 17,
    at: NOW,
    actor: 'T0MERIDIAN:U0ALICE',
    actorName: 'Alice Moreau',
    action: 'host.status',
    customer: 'acme',
    environment: 'prod',
    hosts: ['mi-1', 'mi-2'],
    result: 'succeeded',
    requestId: 'r-1',
    ...overrides,
  };
}

describe('auditView', () => {
  it('says when, who, what, where and with which result', () => {
    const [, line] = textsOf(auditView([anEntry()], '24h').blocks);
    expect(line).toMatch(
      /^✅ #17 <!date\^\d+\^.*> \*Alice Moreau\* \(`T0MERIDIAN:U0ALICE`\) `host.status` on acme\/prod \(mi-1, mi-2\) succeeded$/,
    );
  });

  it('says why something was denied', () => {
    const denied = anEntry({
      result: 'denied',
      reason: '`host.read` needs the role *operator* here.',
      hosts: undefined,
    });
    expect(textsOf(auditView([denied], '24h').blocks)[1]).toContain('on acme/prod denied: `host.read` needs the role');
  });

  it('says that there is nothing', () => {
    expect(auditView([], '7d').text).toBe('Nothing was written down in the last `7d` that you may see.');
  });

  it('fits and mentions nobody, whatever was written down', () => {
    const hostile = anEntry({
      actorName: '<!channel> `*'.repeat(50),
      action: 'x'.repeat(500),
      customer: 'c'.repeat(500),
      hosts: Array.from({ length: 500 }, () => '<@U0BOB>'),
      reason: '<https://evil.example|click>\n'.repeat(100),
    });
    const message = auditView(
      Array.from({ length: 200 }, () => hostile),
      '<!here>'.repeat(100),
    );
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(
      textsOf(message.blocks)
        .join('\n')
        .replaceAll(/<!date\^[^>]*>/g, ''),
    ).not.toContain('<');
  });
});
