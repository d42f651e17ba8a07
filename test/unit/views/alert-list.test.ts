import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { Environment } from '../../../src/domain/inventory.ts';
import { notWatchedView, silencedView } from '../../../src/views/alert-answer-views.ts';
import { type AlertList, alertListView } from '../../../src/views/alert-list-view.ts';
import { NOW } from '../../support/builders.ts';
import { anEnvironment } from '../../support/world.ts';
import { aGroup, anAlert, aSilence, BOB, extremeGroup } from './alert-builders.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import { ago } from './rollout-builders.ts';

const WATCHED: Environment = {
  ...anEnvironment('acme', 'prod', ['mi-2']),
  monitoring: { everyMs: 60_000, tellCustomer: false, holds: {} as never, runbooks: {}, notices: [] },
};

function list(overrides: Partial<AlertList> = {}) {
  const checks = [{ environment: WATCHED, at: ago(0) }];
  return alertListView({ groups: [], silences: [], checks, now: NOW, isOps: true, ...overrides });
}

describe('the list of alerts', () => {
  it('shows open groups worst first, counts what is held back, and offers the details', () => {
    const alerts = [anAlert('mi-2'), anAlert('db-1', { suppressed: 'host is down' })];
    const groups = [
      aGroup({ alerts }),
      aGroup({ id: '2b3c4d5e', signal: 'cpu', acknowledged: { by: BOB, at: ago(2) } }),
    ];
    const message = list({ groups });
    expect(message.text).toBe('🔴 2 open alerts');
    expect(wordsOf(message)).toMatch(
      /disk filling up on `mi-2`\n {6}for 12 min · 1 held back · nobody has acknowledged it[\s\S]*CPU busy[\s\S]*Bob Tanaka/,
    );
    expect(buttonsOf(message)).toEqual(['alert.details=7kq2m9xd', 'alert.details=2b3c4d5e']);
  });

  it('shows silences, each with a button that ends it, to our own people', () => {
    const message = list({ silences: [aSilence(), aSilence({ id: 's2', host: undefined, signal: undefined })] });
    expect(wordsOf(message)).toMatch(/\*Silences\*[\s\S]*disk on `mi-2` of acme\/prod[\s\S]*every alert of acme\/prod/);
    expect(buttonsOf(message)).toEqual(['silence.end=s7kq2m9x', 'silence.end=s2']);
    const shared = list({ silences: [aSilence()], isOps: false });
    expect(buttonsOf(shared)).toEqual([]);
    expect(wordsOf(shared)).not.toMatch(/Carol|archive job/);
  });

  it('says that nothing is open and when it was checked last', () => {
    const message = list();
    expect(message.text).toBe('✅ No alert is open');
    expect(wordsOf(message)).toContain('✅ acme/prod: last check 0 s ago, <!date^');
  });

  it('does not call well what was not checked lately, or never', () => {
    const late = list({ checks: [{ environment: WATCHED, at: ago(30) }] });
    expect(late.text).toBe('❔ No alert is open, but not everything was checked lately');
    expect(wordsOf(late)).toMatch(/❔ acme\/prod: last check 30 min ago.*: I do not know how it is now/);
    expect(wordsOf(list({ checks: [{ environment: WATCHED }] }))).toContain('❔ acme/prod: not checked yet');
    expect(list({ checks: [] }).text).toBe('❔ Nothing here is watched, so there are no alerts');
  });

  it('says what was not checked lately beside open alerts too', () => {
    expect(wordsOf(list({ groups: [aGroup()] }))).not.toContain('last check');
    const checks = [{ environment: WATCHED, at: ago(30) }];
    expect(wordsOf(list({ groups: [aGroup()], checks }))).toContain('last check 30 min ago');
  });

  it('fits into what Slack takes', () => {
    const { group, silences } = extremeGroup();
    const checks = Array.from({ length: 60 }, () => ({ environment: WATCHED, at: ago(90) }));
    const message = list({ groups: Array.from({ length: 60 }, () => group), silences, checks });
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(wordsOf(message)).toMatch(/40 more alerts[\s\S]*185 more silences/);
    expect(checkBlocks(silencedView(silences).blocks, 'message')).toEqual([]);
  });
});

describe('an environment that is not watched', () => {
  it('is told with the reason and what to do instead', () => {
    expect(notWatchedView(anEnvironment('acme', 'dev', [])).text).toBe(
      '`acme/dev` is not monitored: it is not production, and only production is. So there are no alerts of it. `/msops status acme/dev` checks it once, now.',
    );
    expect(notWatchedView(anEnvironment('acme', 'prod', [])).text).toContain(
      '`monitoring` is `off` for it in msops.yml',
    );
  });
});
