import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { AutoAlert } from '../../../src/services/patching/auto-watch-service.ts';
import type { AutoTrouble } from '../../../src/services/patching/watch-auto.ts';
import { patchAutoAlertView } from '../../../src/views/patch-auto-alert-view.ts';
import { NOW } from '../../support/builders.ts';
import { textsOf } from './texts-of.ts';

const HOUR_MS = 3_600_000;

function aTrouble(overrides: Partial<AutoTrouble> = {}): AutoTrouble {
  const text = 'automatic updates have stopped: the timer is inactive';
  return { host: 'mi-2', kind: 'stopped', text, since: NOW.toISOString(), ...overrides };
}

function view(overrides: Partial<AutoAlert> = {}) {
  const message = patchAutoAlertView({
    ...{ customer: 'acme', environment: 'prod', channelIds: ['C0'], begun: NOW.toISOString() },
    ...{ troubles: [aTrouble()], recovered: [], now: NOW },
    ...overrides,
  });
  expect(checkBlocks(message.blocks, 'message')).toEqual([]);
  return { text: message.text, words: textsOf(message.blocks).join('\n') };
}

describe('patchAutoAlertView', () => {
  it('says which hosts, why, and what to do', () => {
    const { text, words } = view();
    expect(text).toContain('acme/prod: security updates do not install as agreed on 1 host');
    expect(words).toContain('`mi-2`: automatic updates have stopped');
    expect(words).toContain('/msops patch auto acme/prod --enable');
    expect(words).toContain('/msops patch apply acme/prod --security');
  });

  it('proposes to switch on only what is off', () => {
    const { words } = view({ troubles: [aTrouble({ kind: 'overdue', text: '1 security update waits' })] });
    expect(words).not.toContain('--enable');
    expect(view({ troubles: [aTrouble({ kind: 'unknown', text: 'not known' })] }).words).not.toContain('--security');
  });

  it('says since when, and when a host could not be looked at this time', () => {
    const now = new Date(NOW.getTime() + 30 * HOUR_MS);
    const { words } = view({ now, troubles: [aTrouble({ notSeen: 'not reached: <!channel>' })], recovered: ['mi-1'] });
    expect(words).toContain('(told 1 d ago); this time not reached: &lt;!channel&gt;');
    expect(words).toContain('Well again: `mi-1`');
  });

  it('says when it is over', () => {
    const now = new Date(NOW.getTime() + 30 * HOUR_MS);
    const { text, words } = view({ now, troubles: [], recovered: ['mi-2'] });
    expect(text).toContain('install by themselves again');
    expect(words).toContain('`mi-2`, after 1 d.');
  });
});
