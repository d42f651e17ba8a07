import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { HostReport } from '../../../src/domain/host-report.ts';
import { HOME_CHECK, homeView } from '../../../src/views/home-view.ts';
import { aReport, NOW } from '../../support/builders.ts';
import { anEnvironment, aPerson, theActor } from '../../support/world.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import { ALICE, aBreakGlass, ago, anApproval, EVIL } from './rollout-builders.ts';
import { textsOf } from './texts-of.ts';

const alice = theActor('alice');

const IDLE = { approvals: [], breakGlass: [], now: NOW };

function shown(hosts: readonly string[], reports: readonly HostReport[] | undefined) {
  const environments = [{ environment: anEnvironment('acme', 'prod', hosts), reports }];
  return homeView({ ...IDLE, actor: alice, environments }).blocks;
}

describe('homeView', () => {
  it('shows the health of each environment at the last check, and its age', () => {
    const checkedAt = new Date(NOW.getTime() - 5 * 60_000);
    const blocks = shown(['a', 'b'], [aReport('a', { checkedAt }), aReport('b')]);
    expect(textsOf(blocks)).toContain('✅ *acme/prod* · production\nall 2 hosts healthy\nOldest check: 5 min ago');
  });

  it('does not call an environment healthy of which a host was never checked', () => {
    expect(textsOf(shown(['a', 'b'], [aReport('a')])).join('\n')).toContain(
      '❔ *acme/prod* · production\na is healthy; 1 never checked',
    );
    expect(textsOf(shown(['a', 'b'], [])).join('\n')).toContain('❔ *acme/prod* · production\nunknown: its 2 hosts');
  });

  it('shows neither health nor a check to whoever may not see the hosts', () => {
    const environment = shown(['a'], undefined).find((block) => textsOf([block]).join('').includes('acme/prod'));
    expect(textsOf([environment!])).toEqual(['*acme/prod* · production\nYour roles do not let you see its health.']);
    expect(JSON.stringify(environment)).not.toContain(HOME_CHECK);
  });

  it('offers a check of each environment', () => {
    expect(JSON.stringify(shown(['a'], []))).toContain(`"action_id":"${HOME_CHECK}","value":"acme/prod"`);
  });

  it('says that nothing waits for an approval', () => {
    expect(textsOf(shown(['a'], []))).toEqual(
      expect.arrayContaining(['Waiting for your approval', 'Nothing is waiting for you.']),
    );
  });

  it('lists what waits for an approval, with its buttons', () => {
    const { blocks } = homeView({ ...IDLE, actor: alice, environments: [], approvals: [anApproval()] });
    expect(wordsOf({ blocks })).toContain(
      '✋ *acme/prod* · Install 7 packages (4 security) on 2 hosts\nAsked by *Alice Moreau*, expires <!date^',
    );
    expect(buttonsOf({ blocks })).toEqual(['approval.approve=7kq2m9xd-1', 'approval.reject=7kq2m9xd-1']);
    expect(wordsOf({ blocks })).not.toContain('Break-glass');
  });

  it('lists uses of break-glass that nobody has reviewed', () => {
    const breakGlass = [aBreakGlass({ reviewDueAt: ago(5) }), aBreakGlass({ id: 'b2' })];
    const { blocks } = homeView({ ...IDLE, actor: alice, environments: [], breakGlass });
    expect(wordsOf({ blocks })).toMatch(/🚨 \*acme\/prod\* · \*Alice Moreau\*: “gateway is down.*\nReview ⚠️ overdue/);
    expect(buttonsOf({ blocks })).toEqual(['break_glass.review=b7kq2m9x', 'break_glass.review=b2']);
  });

  it('tells somebody unknown from somebody who may see nothing', () => {
    const stranger = homeView({ ...IDLE, actor: aPerson('T0X:U0X', {}), environments: [] }).blocks;
    expect(textsOf(stranger)).toEqual([expect.stringContaining('I do not know you')]);
    const idle = homeView({ ...IDLE, actor: alice, environments: [] }).blocks;
    expect(textsOf(idle).join('\n')).toContain('None of your roles');
  });

  it('fits with many environments', () => {
    const environments = Array.from({ length: 300 }, (_, index) => ({
      environment: anEnvironment('<!channel>'.repeat(30), `e${index}`, ['a']),
      reports: [
        aReport('h'.repeat(2000), { level: 'critical', findings: [{ level: 'critical', text: 'x'.repeat(2000) }] }),
      ],
    }));
    const approvals = Array.from({ length: 200 }, (_, index) =>
      anApproval({ id: `${index}`, title: EVIL, requester: { ...ALICE, name: EVIL } }),
    );
    const breakGlass = Array.from({ length: 200 }, (_, index) => aBreakGlass({ id: `${index}`, reason: EVIL }));
    const { blocks } = homeView({ actor: alice, environments, approvals, breakGlass, now: NOW });
    expect(checkBlocks(blocks, 'home')).toEqual([]);
    expect(textsOf(blocks).join('\n')).not.toContain('<!channel');
  });
});
