import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { PathStep } from '../../../src/services/access-paths/path-step.ts';
import { connectView } from '../../../src/views/connect-view.ts';
import { aHopFailure } from '../../support/builders.ts';
import { anEnvironment } from '../../support/world.ts';
import { textsOf } from './texts-of.ts';

const selection = { customer: 'acme', environment: anEnvironment('acme', 'prod', []) };
const bastion: PathStep = { kind: 'bastion', name: 'acme-bastion', state: 'ok', detail: 'answers in 12 ms' };
const reached = (name: string): PathStep => ({ kind: 'host', name, state: 'ok', detail: 'logged in, 80 ms' });

const shown = (steps: readonly PathStep[], isFinal = true) => connectView({ selection, steps, isFinal });

describe('connectView', () => {
  it('shows a way in that works, hop by hop', () => {
    const { text, blocks } = shown([bastion, reached('mi-1')]);
    expect(text).toBe('✅ acme/prod: 1 of 1 hosts can be reached');
    expect(textsOf(blocks).at(-1)).toBe(
      '✅ bastion `acme-bastion`: answers in 12 ms\n✅ host `mi-1`: logged in, 80 ms',
    );
  });

  it('says where it breaks, why and what to do next', () => {
    const failure = aHopFailure({ kind: 'authentication_failed', role: 'bastion', hop: 'acme-bastion' });
    const { text, blocks } = shown([
      { kind: 'bastion', name: 'acme-bastion', state: 'broken', failure },
      { kind: 'host', name: 'mi-1', state: 'not_reached' },
    ]);
    expect(text).toBe('⛔ acme/prod: the way in breaks at `acme-bastion`; no host can be reached');
    const shownText = textsOf(blocks).at(-1);
    expect(shownText).toContain('refused our key, or our source address is not in its allowlist');
    expect(shownText).toContain('\n      → Ask the customer');
    expect(shownText).toContain('▫️ host `mi-1`: not tried');
  });

  it('does not call a way good that has remarks or open questions', () => {
    expect(shown([{ ...bastion, state: 'warning' }, reached('mi-1')]).text).toMatch(/^⚠️ .*with remarks$/);
    expect(shown([{ ...bastion, state: 'unknown' }, reached('mi-1')]).text).toMatch(/^⚠️/);
    expect(shown([bastion, reached('a'), { ...reached('b'), state: 'unknown' }]).text).toMatch(/^⛔ .*1 of 2 hosts/);
  });

  it('says that it has begun before the first hop is known', () => {
    expect(shown([], false).text).toBe('⏳ acme/prod: checking the way in…');
  });

  it('sums up the many hosts that there is nothing to say about', () => {
    const many = Array.from({ length: 200 }, (_, index) => reached(`h-${index}`));
    const failed: PathStep = { kind: 'host', name: 'h-x', state: 'broken', failure: aHopFailure({ hop: 'h-x' }) };
    const message = shown([bastion, ...many, failed]);
    expect(textsOf(message.blocks).join('\n')).toContain('✅ 200 other hosts can be reached');
    expect(textsOf(message.blocks).join('\n')).toContain('⛔ host h-x at 192.0.2.7:22 refused');
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
  });

  it('fits when nothing works and everything is long', () => {
    const failed = Array.from({ length: 200 }, (_, index): PathStep => {
      const name = `${'h'.repeat(300)}-${index}`;
      return { kind: 'host', name, state: 'broken', failure: aHopFailure({ hop: name, detail: '<&>'.repeat(500) }) };
    });
    const message = shown([bastion, ...failed]);
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(textsOf(message.blocks).at(-1)).toMatch(/^\d+ more found no room here\.$/);
  });
});
