import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { accessWords } from '../../../src/views/access-words.ts';
import { aGrantHost, aWay, FINGERPRINT, grantFacts, PUBLIC_KEY } from './access-builders.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import { ago } from './rollout-builders.ts';

describe('the details', () => {
  it('have a ssh config for every host, with the bastion, the user and the fingerprint', () => {
    const words = wordsOf(accessWords.details(grantFacts({ state: 'active' })));
    expect(words).toContain(
      [
        'Host acme-prod-apim-2',
        '  HostName 10.0.0.5',
        '  Port 22',
        '  User msro-a7kq2m9x',
        '  IdentitiesOnly yes',
        '  ProxyJump 198.51.100.7:2222',
        `  # host key ${FINGERPRINT}`,
      ].join('\n'),
    );
    expect(words).toContain('`@msops dashboard prod`');
    expect(words).toContain('08:00 Europe/Zurich');
    expect(words).not.toContain(PUBLIC_KEY);
  });

  it('have no line for a host without an account, and say so', () => {
    const hosts = [aGrantHost('apim-1'), aGrantHost('apim-2', { state: 'failed', note: 'root cause 42' })];
    const words = wordsOf(accessWords.details(grantFacts({ state: 'active' }, { hosts })));
    expect(words).toContain('Host acme-prod-apim-1');
    expect(words).not.toContain('Host acme-prod-apim-2');
    expect(words).toContain('Not on `apim-2`');
    expect(words).not.toContain('root cause 42');
  });

  it('let no name or address begin a line of its own in the config', () => {
    const ways = [aWay('apim-1', { address: '10.0.0.5\n  ProxyCommand rm -rf ~', bastions: ['a\nHost *'] })];
    const words = wordsOf(accessWords.details(grantFacts({ state: 'active' }, { ways })));
    expect(words).not.toMatch(/^ *(?:ProxyCommand|Host \*)/m);
  });

  it('cut no config of forty hosts in the middle', () => {
    const hosts = Array.from({ length: 40 }, (_, index) => `gateway-of-the-bank-${index}`);
    const fingerprints = [FINGERPRINT, FINGERPRINT, FINGERPRINT];
    const facts = grantFacts(
      { state: 'active', wish: { kinds: ['linux'], linux: { hosts, publicKey: PUBLIC_KEY, productLogs: false } } },
      { ways: hosts.map((host) => aWay(host, { fingerprints })) },
    );
    const { blocks } = accessWords.details(facts);
    expect(checkBlocks(blocks, 'message')).toEqual([]);
    const words = wordsOf({ blocks });
    expect(words.match(/^(?:```)?Host /gm)).toHaveLength(40);
    expect((words.match(/```/g) ?? []).length % 2).toBe(0);
    expect(words).not.toContain('…');
  });
});

describe('the reminder', () => {
  it('calls the person, and offers to extend or to end it', () => {
    const message = accessWords.reminder(grantFacts({ state: 'active', until: ago(-60) }));
    expect(message.text).toBe('⏰ <@U0DANA>, your read-only access to acme/prod ends in 1 h');
    expect(buttonsOf(message)).toEqual(['access.extend=a7kq2m9x', 'access.done=a7kq2m9x']);
  });
});

describe('the alarm', () => {
  const left = aGrantHost('mi-2', { state: 'left_behind', note: 'no answer', tries: 3, triedAt: ago(1) });
  const hosts = [aGrantHost('apim-1', { state: 'removed' }), left];

  it('names the hosts where somebody may still get in, and what to do', () => {
    const { text, blocks } = accessWords.alarm(grantFacts({ state: 'ending', until: ago(2) }, { hosts }));
    expect(text).toBe('🚨 EXPIRED, NOT REVOKED on 1 host: `mi-2`');
    const words = wordsOf({ blocks });
    expect(words).toContain('`mi-2`: account `msro-a7kq2m9x`, tried 3 times');
    expect(words).toContain('no answer');
    expect(words).toContain('`chage -E 0 msro-a7kq2m9x; pkill -KILL -u msro-a7kq2m9x`');
    expect(words).toContain('let nobody in with that key any more by themselves');
  });

  it('says of an end before its time that the host does not know it', () => {
    const endWish = { why: 'person_left', at: ago(1) } as const;
    const message = accessWords.alarm(grantFacts({ state: 'ending', endWish }, { hosts }));
    expect(message.text).toContain('ENDED, NOT REVOKED on 1 host');
    expect(wordsOf(message)).toMatch(/Until Sun, Mar 1, 08:00.*the hosts let that key in/);
  });

  it('ends as a message that says so', () => {
    const done = [aGrantHost('mi-2', { state: 'removed' })];
    const { text } = accessWords.alarm(grantFacts({ state: 'ended', until: ago(2) }, { hosts: done }));
    expect(text).toBe('✅ Revoked everywhere: access of *Dana Okafor* in *acme/prod*');
  });
});
