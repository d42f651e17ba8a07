import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import { rememberDraft } from '../../../src/views/access-draft.ts';
import { NOW } from '../../support/builders.ts';
import { PUBLIC_KEY } from '../views/access-builders.ts';
import { buttonsOf, wordsOf } from '../views/message-parts.ts';
import { ALICE, DANA, GUS, MODALS, OPS, OUTSIDER, SHARED, setUpAccess } from './access-harness.ts';
import { said, whereTo } from './told.ts';

const FILLED = {
  environment: 'prod',
  kinds: 'dashboard,linux',
  hosts: 'prod/apim-1,prod/apim-2',
  productLogs: 'yes',
  for: '4h',
  reason: 'payments are late since noon',
  ticket: 'ACME-42',
  publicKey: `${PUBLIC_KEY} dana@laptop`,
};
const PEM = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n-----END OPENSSH PRIVATE KEY-----';

async function openForm() {
  const world = setUpAccess();
  await world.click(DANA, SHARED, ['access.request', 'acme']);
  return { world, view: world.opened[0]! };
}

function check(values: Readonly<Record<string, string | undefined>>) {
  return MODALS.find(({ id }) => id === 'access.request')!.check({ values, metadata: 'acme' });
}

/** What the button remembers that opens the form again. */
function againIn(told: readonly OutgoingMessage[]): string {
  const blocks = (told[0]?.message.blocks ?? []) as readonly { elements?: readonly { value?: string }[] }[];
  return blocks.flatMap(({ elements = [] }) => elements).find(({ value }) => value !== undefined)?.value ?? '';
}

describe('the mention', () => {
  it.each(['access', 'access request', ' Access REQUEST '])(
    '"%s" answers with the button, to the asker alone',
    async (text) => {
      const world = setUpAccess();
      await world.mention(DANA, SHARED, text);
      expect(world.told.map(({ to }) => whereTo(to))).toEqual([`ephemeral ${SHARED}`]);
      expect(buttonsOf(world.told[0]!.message)).toEqual(['access.request=acme']);
    },
  );

  it('is a sentence for people whom nobody knows, and for ours', async () => {
    const world = setUpAccess();
    await world.mention(OUTSIDER, SHARED, 'access');
    await world.type(ALICE, SHARED, 'access');
    expect(said(world)).toMatch(/I do not know you[\s\S]*`access.request` needs the role \*customer\*/);
    expect(world.told.flatMap(({ message }) => buttonsOf(message))).toEqual([]);
    expect(world.audit.map(({ result }) => result)).toEqual(['denied', 'denied']);
  });

  it('says so where nothing was agreed, and where only the two of them are', async () => {
    const world = setUpAccess({ settings: undefined });
    await world.mention(DANA, SHARED, 'access');
    expect(said(world)).toContain('that was not agreed');
    const direct = setUpAccess();
    await direct.mention(DANA, 'D0DANA', 'access');
    expect(said(direct)).toContain('in the channel that your company shares');
  });
});

describe('the button "Request access"', () => {
  it('opens a form with the environments, hosts and times that may be asked for', async () => {
    const { world, view } = await openForm();
    expect(checkBlocks(view.blocks, 'modal')).toEqual([]);
    expect(wordsOf(view)).toMatch(/prod[\s\S]*dev[\s\S]*7 days/);
    expect(JSON.stringify(view)).toContain('"value":"dev/dev-1"');
    expect(JSON.stringify(view)).not.toMatch(/globex|gw-1|14 days/);
    expect(world.audit[0]).toMatchObject({ action: 'access.request_form', customer: 'acme', result: 'succeeded' });
  });

  it('opens nothing for whom it is not, and says so', async () => {
    for (const [who, where, value, words] of [
      [OUTSIDER, SHARED, 'acme', 'I do not know you'],
      [GUS, SHARED, 'acme', 'In this channel I answer our own people'],
      [GUS, 'C0GLOBEXSHARED', 'acme', 'I know no such customer here'],
      [ALICE, OPS, 'acme', 'needs the role *customer*'],
      [DANA, SHARED, 'globex', 'I know no such customer here'],
      [DANA, SHARED, '{"a":1}', 'I know no such customer here'],
      [DANA, undefined, 'acme', 'in the channel that your company shares'],
    ] as const) {
      const world = setUpAccess();
      await world.click(who, where, ['access.request', value]);
      expect([world.opened, said(world)]).toEqual([[], expect.stringContaining(words)]);
    }
  });

  it('opens nothing when the service says no', async () => {
    const world = setUpAccess({ denial: 'Nobody could approve it.' });
    await world.click(DANA, SHARED, ['access.request', 'acme']);
    expect([world.opened, said(world)]).toEqual([[], expect.stringContaining('Nobody could approve it.')]);
    expect(world.audit[0]?.result).toBe('denied');
  });
});

describe('the form', () => {
  it('asks for what was filled in, for the person who sends it', async () => {
    const { world, view } = await openForm();
    await world.submit(DANA, view, FILLED);
    expect(world.calls).toEqual([
      [
        'request',
        {
          ...{
            id: expect.stringMatching(/^[a-z2-9]{8}$/),
            actor: 'T0ACME:U0DANA',
            userId: 'U0DANA',
            channelId: SHARED,
          },
          environment: 'acme/prod',
          wish: {
            kinds: ['dashboard', 'linux'],
            linux: { hosts: ['apim-1', 'apim-2'], publicKey: PUBLIC_KEY, productLogs: true },
          },
          until: new Date(NOW.getTime() + 4 * 3_600_000),
          reason: 'payments are late since noon',
          ticket: 'ACME-42',
        },
      ],
    ]);
    expect(said(world)).toContain('📨 Asked for: the dashboards and a Linux account');
    expect(world.told.map(({ to }) => whereTo(to))).toEqual([`ephemeral ${SHARED}`]);
  });

  it('asks once for the same submission', async () => {
    const { world, view } = await openForm();
    await world.submit(DANA, view, FILLED);
    await world.submit(DANA, view, FILLED);
    const ids = world.calls.map(([, request]) => (request as { id: string }).id);
    expect(new Set(ids).size).toBe(1);
  });

  it('is refused when somebody else sends it, or what it does not offer', async () => {
    const { world, view } = await openForm();
    await world.submit(GUS, view, FILLED);
    await world.submit(OUTSIDER, view, FILLED);
    for (const forged of [
      { ...FILLED, environment: 'stage' },
      { ...FILLED, kinds: 'root', hosts: '', publicKey: '', productLogs: '' },
      { ...FILLED, for: 'ever' },
    ]) {
      await world.submit(DANA, view, forged);
    }
    await world.submit(DANA, { ...view, private_metadata: view.private_metadata!.replace('acme', 'globex') }, FILLED);
    expect(world.calls).toEqual([]);
    expect(world.audit.slice(1).every(({ result }) => result !== 'succeeded')).toBe(true);
  });

  it('tells what the service finds wrong, with a button that opens it again and holds no key', async () => {
    const world = setUpAccess({ problems: { publicKey: 'This key is in use for somebody else.' } });
    await world.click(DANA, SHARED, ['access.request', 'acme']);
    await world.submit(DANA, world.opened[0]!, FILLED);
    expect(world.calls).toEqual([]);
    expect(said(world)).toContain('This key is in use for somebody else.');
    expect(JSON.stringify(world.told)).not.toContain(PUBLIC_KEY.split(' ')[1]);
    expect(world.audit[1]).toMatchObject({ action: 'access.request_refused' });
    await world.click(DANA, SHARED, ['access.request', againIn(world.told)]);
    const again = world.opened[1]!;
    expect(checkBlocks(again.blocks, 'modal')).toEqual([]);
    const initial =
      JSON.stringify(again)
        .match(/"initial_\w+":(?:"[^"]*"|\{.*?\}\}|\[.*?\])/g)
        ?.join() ?? '';
    for (const kept of ['prod', 'dashboard', 'linux', 'prod/apim-1', '4h', FILLED.reason, FILLED.ticket, 'yes']) {
      expect(initial).toContain(kept);
    }
  });

  it('tells in the same way what the service refuses at the last moment', async () => {
    const world = setUpAccess({ refusal: 'Somebody was faster.' });
    await world.click(DANA, SHARED, ['access.request', 'acme']);
    await world.submit(DANA, world.opened[0]!, FILLED);
    expect(said(world)).toContain('Somebody was faster.');
    expect(JSON.parse(againIn(world.told))).toMatchObject({ customer: 'acme', draft: { reason: FILLED.reason } });
  });
});

describe('what the button remembers of a form', () => {
  it('is what Slack has room for, and the customer in any case', () => {
    const hosts = Array.from({ length: 90 }, (_, index) => `prod/gateway-of-the-bank-${index}`);
    const [whole, cut, nothing] = [
      rememberDraft('acme', { hosts: hosts.slice(0, 9), reason: 'why' }),
      rememberDraft('acme', { hosts, reason: 'why' }),
      rememberDraft('acme', { ticket: 'x'.repeat(3_000) }),
    ];
    expect([whole.includes('gateway'), cut.includes('gateway'), cut.includes('why'), nothing]).toEqual([
      ...[true, false, true],
      'acme',
    ]);
    expect(cut.length).toBeLessThanOrEqual(2_000);
  });
});

describe('what the form says at once', () => {
  it('is nothing when all is well', () => {
    expect(check(FILLED)).toEqual({});
    expect(
      check({ ...FILLED, kinds: 'dashboard', hosts: undefined, publicKey: undefined, productLogs: undefined }),
    ).toEqual({});
  });

  it('names the field that is missing or wrong', () => {
    expect(check({ ...FILLED, reason: '  ' })).toHaveProperty('reason');
    expect(check({ ...FILLED, hosts: undefined })).toHaveProperty('hosts');
    expect(check({ ...FILLED, hosts: 'prod/apim-1,dev/dev-1' }).hosts).toContain('hosts of prod only');
    expect(check({ ...FILLED, publicKey: undefined }).publicKey).toContain('needs your SSH public key');
    expect(check({ ...FILLED, publicKey: 'ssh-ed25519 AAAA' })).toHaveProperty('publicKey');
    expect(check({ ...FILLED, kinds: 'dashboard' }).kinds).toContain('Tick the Linux account too');
  });

  it.each(['publicKey', 'reason', 'ticket'])(
    'is that a private key in %s has left their computer, without repeating it',
    (name) => {
      for (const key of [
        PEM,
        PEM.replaceAll('\n', ' '),
        '——-BEGIN RSA PRIVATE KEY——-\nMIIEpAIBAAKCAQEA\n——-END RSA PRIVATE KEY——-',
        'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU',
        'PuTTY-User-Key-File-3: ssh-ed25519',
      ]) {
        const problem = check({ ...FILLED, [name]: key })[name];
        expect(problem).toMatch(/PRIVATE key.*do not use it any more/);
        expect(problem).not.toContain('b3BlbnNzaC1rZXk');
      }
    },
  );

  it('lets somebody write about private keys', () => {
    expect(check({ ...FILLED, reason: 'rotate the private key of the gateway' })).toEqual({});
  });
});
