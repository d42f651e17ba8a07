import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { GRANT_STATES } from '../../../src/services/access/grant.ts';
import type { GrantFacts } from '../../../src/services/access/ports.ts';
import { accessWords } from '../../../src/views/access-words.ts';
import { NOW } from '../../support/builders.ts';
import { aGrantHost, extremeGrant, FINGERPRINT, grantFacts, OPERATOR, PUBLIC_KEY } from './access-builders.ts';
import { buttonsOf, wordsOf } from './message-parts.ts';
import { ago } from './rollout-builders.ts';

const ops = (facts: GrantFacts) => accessWords.card(facts, 'ops');
const shared = (facts: GrantFacts) => accessWords.card(facts, 'shared');
const SENSITIVE = [PUBLIC_KEY, FINGERPRINT, 'payments are late', 'ACME-42', 'T0ACME', 'Alice Moreau'];
const EXTENSION = { approvalId: 'a7kq2m9x-2', until: ago(-480), reason: 'not found yet', requestedAt: ago(1) };

describe('the card for our people', () => {
  it('tells who asks from where, what it opens, on which hosts, until when, and why', () => {
    const words = wordsOf(ops(grantFacts()));
    expect(words).toContain("*Dana Okafor*, account `T0ACME:U0DANA`, of Acme Bank's workspace `T0ACME`");
    expect(words).toContain('the dashboards and a Linux account that can only read, on 2 hosts, with the logs');
    expect(words).toContain('`apim-1`, `apim-2`');
    expect(words).toMatch(/\*Until:\* Sun, Mar 1, 08:00 Europe\/Zurich \(<!date\^/);
    expect(words).toContain('“payments are late since noon”');
    expect(words).toContain('`ACME-42`');
    expect(words).toContain('they had no access yet');
  });

  it('shows of the key its type and fingerprint, as ssh-keygen says it', () => {
    const words = wordsOf(ops(grantFacts()));
    expect(words).toContain(`\`ssh-ed25519\` \`${FINGERPRINT}\``);
    expect(words).not.toContain(PUBLIC_KEY.split(' ')[1]);
  });

  it('names every one of forty hosts, since all of it is approved', () => {
    const hosts = Array.from({ length: 40 }, (_, index) => `gateway-of-the-bank-${index}`);
    const facts = grantFacts({
      wish: { kinds: ['linux'], linux: { hosts, publicKey: PUBLIC_KEY, productLogs: false } },
    });
    const words = wordsOf(ops(facts));
    expect(hosts.filter((host) => !words.includes(`\`${host}\``))).toEqual([]);
  });

  it('shows what they had before', () => {
    const before = [grantFacts({ id: 'b1', state: 'ended', endedAt: ago(600), wish: { kinds: ['logs'] } }).grant];
    expect(wordsOf(ops(grantFacts({}, { before })))).toMatch(
      /1 grant\n.*`b1` acme\/prod: the log viewer; over: its time/,
    );
  });

  it('has the buttons that fit the state', () => {
    const decide = ['approval.approve=a7kq2m9x-1', 'access.shorter=a7kq2m9x', 'approval.reject=a7kq2m9x-1'];
    expect(buttonsOf(ops(grantFacts()))).toEqual(decide);
    expect(buttonsOf(ops(grantFacts({ state: 'active' })))).toEqual(['access.revoke=a7kq2m9x']);
    expect(buttonsOf(ops(grantFacts({ state: 'granting' })))).toEqual(['access.revoke=a7kq2m9x']);
    expect(buttonsOf(ops(grantFacts({ state: 'active', extension: EXTENSION })))).toEqual([
      'approval.approve=a7kq2m9x-2',
      'approval.reject=a7kq2m9x-2',
      'access.revoke=a7kq2m9x',
    ]);
    const endWish = { why: 'revoked', by: OPERATOR, at: ago(0) } as const;
    for (const grant of [
      { state: 'active', endWish },
      ...(['ending', 'ended', 'rejected', 'lapsed', 'withdrawn'] as const).map((state) => ({ state })),
    ] as const) {
      expect(buttonsOf(ops(grantFacts(grant)))).toEqual([]);
      expect(buttonsOf(shared(grantFacts(grant)))).toEqual([]);
    }
  });

  it('says once why a request was turned down', () => {
    const approval = { ...grantFacts().approval!, status: 'rejected' as const };
    const decision = { by: OPERATOR, at: ago(1), reason: 'use the dashboards' };
    const grant = { state: 'rejected', note: 'Alice Moreau: use the dashboards' } as const;
    const words = wordsOf(ops(grantFacts(grant, { approval: { ...approval, decision } })));
    expect(words.match(/use the dashboards/g)).toHaveLength(1);
    expect(words).toContain('rejected by *Alice Moreau*: “use the dashboards”');
    expect(wordsOf(ops(grantFacts({ ...grant, note: 'prod is gone' }, { approval: undefined })))).toContain(
      'prod is gone',
    );
  });

  it('tells the end of the access from that of the question, and when it ended early', () => {
    expect(wordsOf(ops(grantFacts()))).toContain('*To be decided by:*');
    expect(wordsOf(ops(grantFacts({ state: 'ended', endedAt: ago(60) })))).toMatch(
      /08:00[^\n]*\n\*Ended:\* Sun, Mar 1, 03:00/,
    );
    expect(wordsOf(ops(grantFacts({ state: 'ended', endedAt: ago(-241) })))).not.toContain('*Ended:*');
  });

  it('tells of a later end that is asked for, and that the old one counts', () => {
    const words = wordsOf(ops(grantFacts({ state: 'active', extension: EXTENSION })));
    expect(words).toMatch(
      /\*A later end is asked for:\* Sun, Mar 1, 12:00.*The one above counts until that is approved/,
    );
    expect(words).toMatch(/\*Until:\* Sun, Mar 1, 08:00/);
  });

  it('says who approved and who revoked, and what is wrong with which host', () => {
    const endWish = { why: 'revoked', by: OPERATOR, reason: 'wrong person', at: ago(1) } as const;
    const hosts = [
      aGrantHost('apim-1', { state: 'left_behind', note: 'bastion does not answer' }),
      aGrantHost('apim-2', { state: 'failed', note: 'no setfacl there' }),
    ];
    const card = ops(grantFacts({ state: 'ending', endWish }, { hosts }));
    const words = wordsOf(card);
    expect(words).toContain('approved by *Alice Moreau*');
    expect(words).toContain('being ended: revoked by *Alice Moreau*: “wrong person”');
    expect(words).toContain('🚨 *NOT REVOKED on 1 host:* `apim-1`');
    expect(words).toContain('`apim-1`: bastion does not answer');
    expect(words).toContain('`apim-2`: no setfacl there');
    expect(card.text.startsWith('🚨')).toBe(true);
  });
});

describe('the card for the shared channel', () => {
  it.each(GRANT_STATES)('shows nothing that is internal when it is %s', (state) => {
    const endWish = { why: 'revoked', by: OPERATOR, reason: 'a secret of ours', at: ago(1) } as const;
    const note = 'root@10.9.9.9 refused';
    const hosts = [aGrantHost('apim-1', { state: 'failed', note })];
    const facts = grantFacts({ state, note, ...(state.startsWith('end') ? { endWish } : {}) }, { hosts });
    const words = wordsOf(shared(facts));
    for (const secret of [...SENSITIVE, 'a secret of ours', '10.9.9.9', '10.0.0.5', '198.51.100.7']) {
      expect(words).not.toContain(secret);
    }
    expect(words).toContain('read-only access for *Dana Okafor*');
    expect(words).toContain('08:00 Europe/Zurich');
  });

  it('offers to the person what they can do', () => {
    expect(buttonsOf(shared(grantFacts()))).toEqual(['access.done=a7kq2m9x']);
    expect(buttonsOf(shared(grantFacts({ state: 'active' })))).toEqual([
      'access.details=a7kq2m9x',
      'access.extend=a7kq2m9x',
      'access.done=a7kq2m9x',
    ]);
    expect(buttonsOf(shared(grantFacts({ state: 'active', extension: EXTENSION })))).not.toContain(
      'access.extend=a7kq2m9x',
    );
  });

  it('offers a further end as soon as the later one is approved', () => {
    const extension = { ...EXTENSION, approvedAt: ago(0) };
    const later = [shared, accessWords.details].map((draw) =>
      buttonsOf(draw(grantFacts({ state: 'active', extension }))),
    );
    expect(later.every((buttons) => buttons.includes('access.extend=a7kq2m9x'))).toBe(true);
  });

  it('lets the customer decide only while a seat of theirs is free', () => {
    const openSeats = [{ role: 'customer', count: 1, team: 'customer' as const }];
    expect(buttonsOf(shared(grantFacts({}, { openSeats })))).toEqual([
      'approval.approve=a7kq2m9x-1',
      'approval.reject=a7kq2m9x-1',
      'access.done=a7kq2m9x',
    ]);
  });

  it('says why it was rejected, which is meant for them, and not who of us did', () => {
    const approval = { ...grantFacts().approval!, status: 'rejected' as const };
    const decision = { by: OPERATOR, at: ago(1), reason: 'use the dashboards' };
    const words = wordsOf(shared(grantFacts({ state: 'rejected' }, { approval: { ...approval, decision } })));
    expect(words).toContain('rejected: “use the dashboards”');
    expect(words).not.toContain('Alice');
  });
});

describe('everything that is said of access', () => {
  it.each(GRANT_STATES)('fits into Slack, however long and hostile, when it is %s', (state) => {
    const facts = extremeGrant(state);
    for (const message of [
      ops(facts),
      shared(facts),
      accessWords.details(facts),
      accessWords.reminder(facts),
      accessWords.alarm(facts),
    ]) {
      expect(checkBlocks(message.blocks, 'message')).toEqual([]);
      const said = [message.text, wordsOf(message)].join('\n');
      expect(['<!channel>', '<https:', '\u202e'].filter((evil) => said.includes(evil))).toEqual([]);
    }
  });

  it('needs no more than the facts', () => {
    const facts = grantFacts(
      { state: 'active', wish: { kinds: ['dashboard'] }, ticket: undefined },
      { approval: undefined },
    );
    expect(facts.now).toEqual(NOW);
    for (const message of [ops(facts), shared(facts), accessWords.details(facts), accessWords.alarm(facts)]) {
      expect(checkBlocks(message.blocks, 'message')).toEqual([]);
      expect(wordsOf(message)).not.toContain('undefined');
    }
  });
});
