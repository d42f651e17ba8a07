import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { rolloutWords } from '../../../src/views/rollout-words.ts';
import { rowsOf, wordsOf } from './message-parts.ts';
import { ago, aHostState, aRollout, extremeFacts, ROLLOUT_STATES, someFacts } from './rollout-builders.ts';
import { textsOf } from './texts-of.ts';

describe('the thread of a card', () => {
  const host = aHostState('apim-1', {
    state: 'failed',
    note: 'dpkg was interrupted',
    advice: 'Ask again with --repair.',
    output: 'Setting up openssl\n```\n<!channel> *x*\u001b[31m\u202e\r\ndone',
    startedAt: ago(3),
    endedAt: ago(1),
  });

  it('has how a host ended, what to do, and what it printed as it is', () => {
    const { text, blocks } = rolloutWords.hostEnded(aRollout(), host);
    expect(text).toBe('❌ `apim-1` failed in 2 min: dpkg was interrupted (`7kq2m9xd`)');
    expect(textsOf(blocks)).toEqual([
      '❌ `apim-1` failed in 2 min: dpkg was interrupted\n→ Ask again with --repair.',
      'Setting up openssl\n```\n<!channel> *x*[31m\ndone',
    ]);
    expect(JSON.stringify(blocks?.[1])).toContain('rich_text_preformatted');
  });

  it('keeps the end of long output', () => {
    const { blocks } = rolloutWords.hostEnded(aRollout(), { ...host, output: `${'😀'.repeat(9_000)}the end` });
    const printed = textsOf(blocks)[1] ?? '';
    expect(printed).toHaveLength(2_900);
    expect(printed.endsWith('the end')).toBe(true);
    expect(printed.isWellFormed()).toBe(true);
  });

  it('ends with counts, failures and what to do next', () => {
    const rollout = aRollout({ state: 'failed', startedAt: ago(14), endedAt: ago(0) });
    const hosts = [host, aHostState('apim-2', { wave: 1, state: 'skipped' })];
    const message = rolloutWords.summary(someFacts({ rollout, hosts }));
    expect(message.text).toBe('❌ acme/prod: failed: 0 of 2 hosts done, 1 failed, 1 left alone in 14 min');
    const words = wordsOf(message);
    expect(words).toContain('❌ `apim-1`: dpkg was interrupted\n      → Ask again with --repair.');
    expect(words).toContain('`/msops rollout 7kq2m9xd`');
    expect(words).toContain('`/msops patch undo 7kq2m9xd`');
    const untouched = aRollout({ state: 'aborted' });
    expect(wordsOf(rolloutWords.summary(someFacts({ rollout: untouched })))).not.toContain('patch undo');
  });
});

describe('what rollouts say', () => {
  it.each(ROLLOUT_STATES)(
    'fits into Slack when it is %s, whatever hosts and people say, and carries no markup of theirs',
    (state) => {
      const facts = extremeFacts(state);
      const messages = [
        rolloutWords.card(facts),
        rolloutWords.summary(facts),
        rolloutWords.hostEnded(facts.rollout, facts.hosts[0]!),
      ];
      for (const message of messages) {
        expect(checkBlocks(message.blocks, 'message')).toEqual([]);
        expect(message.text.length).toBeLessThan(4_000);
        const mrkdwn = textsOf(message.blocks?.filter(({ type }) => type !== 'rich_text' && type !== 'table')).join(
          '\n',
        );
        expect(mrkdwn).not.toMatch(/<!channel|<https:\/\/evil|javascript:.*\|what/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not get through.
        expect(mrkdwn).not.toMatch(/[\u0000\u001b\u202e]/);
        expect(mrkdwn.isWellFormed()).toBe(true);
      }
    },
  );

  it('shows what needs a look when not all hosts fit, and counts the others', () => {
    const names = Array.from({ length: 200 }, (_, index) => `host-${index}`);
    const hosts = names.map((name, index) =>
      aHostState(name, { wave: index, state: index === 150 ? 'failed' : 'done' }),
    );
    const rollout = aRollout({ state: 'running', startedAt: ago(3) });
    const message = rolloutWords.card(someFacts({ rollout, hosts }));
    expect(rowsOf(message)[1]?.[0]).toBe('❌ host-150');
    expect(rowsOf(message)).toHaveLength(100);
    expect(wordsOf(message)).toContain('Not shown: 101 hosts done.');
  });
});
