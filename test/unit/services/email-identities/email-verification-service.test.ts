import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REGION } from '../../../support/aws.ts';
import { anEmailCustomer, DOMAIN, type EmailWorld, HOUR_MS, OPS, SHARED, startEmailWorld } from './email-world.ts';

let world: EmailWorld;
beforeEach(async () => {
  world = await startEmailWorld();
});
afterEach(() => world.stop());

const readings = async () => (await world.verify()).records.map(({ reading }) => reading.kind);
const makeAll = () => {
  for (const { name, target } of world.records()) {
    world.dns.cname(name, target);
  }
};

describe('verify', () => {
  it('makes the identity and shows the records with the zone that the API gave', async () => {
    const { records, verification, account } = await world.verify();
    expect(records.map(({ name, target }) => ({ name, target }))).toEqual(world.records());
    expect(records.map(({ reading }) => reading.kind)).toEqual(['missing', 'missing', 'missing']);
    expect(verification).toMatchObject({ isBeginKnown: true, cards: [{ channelId: OPS, key: 'card-1' }] });
    expect(account?.productionAccess).toBe(false);
    const shown = world.shown('card-1');
    for (const { name, target } of world.records()) {
      expect(shown).toContain(`Name   ${name}\nType   CNAME\nValue  ${target}\n`);
    }
    expect(shown).not.toContain('dkim.amazonses.com');
    expect(shown).toContain('HOST_NOT_FOUND');
    expect(shown).toContain('71 h left');
    expect(shown).toContain('sandbox of SES');
  });

  it('tells every state of a record', async () => {
    await world.verify();
    const [first, second, third] = world.records();
    world.dns.cname(first!.name, first!.target.toUpperCase());
    world.dns.other(second!.name);
    world.dns.servfail(third!.name);
    expect(await readings()).toEqual(['right', 'other_type', 'unknown']);
    world.dns.cname(first!.name, `${first!.target}.${DOMAIN}`);
    world.dns.remove(second!.name);
    world.dns.cname(`${second!.name}.${DOMAIN}`, second!.target);
    world.dns.cname(third!.name, 'parking.example');
    expect(await readings()).toEqual(['target_doubled', 'name_doubled', 'elsewhere']);
    const shown = world.shown('card-1');
    expect(shown).toContain('points elsewhere: to `parking.example`');
    expect(shown).toContain(`enter only \`${second!.name.split('.').slice(0, 2).join('.')}\` as its name`);
    expect(shown).toContain(`Put a dot at the end of the value: \`${first!.target}.\``);
  });

  it('does not take silence of the DNS for a missing record', async () => {
    await world.verify();
    world.records().forEach(({ name }) => void world.dns.silent(name));
    expect(await readings()).toEqual(['unknown', 'unknown', 'unknown']);
    expect(world.shown('card-1')).toContain('nothing is known to be wrong');
  });

  it('goes on with the same 72 hours when it is asked again, in the newest message of the channel', async () => {
    const { verification } = await world.verify();
    world.advance(HOUR_MS);
    const again = await world.verify(OPS, 'card-2');
    expect(again.verification?.begunAt).toEqual(verification?.begunAt);
    expect(again.verification?.cards).toEqual([{ channelId: OPS, key: 'card-2' }]);
    expect(world.shown('card-1')).toContain('further down');
    await world.verify(SHARED, 'card-3');
    expect((await world.store.find('acme'))?.cards.map(({ key }) => key)).toEqual(['card-2', 'card-3']);
  });

  it('says what it does not know of an identity that was there before', async () => {
    world.aws.identities.verify(DOMAIN, REGION).status = 'PENDING';
    const { verification } = await world.verify();
    expect(verification?.isBeginKnown).toBe(false);
    expect(world.shown('card-1')).toContain('at the latest');
  });

  it('is over at once for a domain that is verified already', async () => {
    world.aws.identities.verify(DOMAIN, REGION);
    expect((await world.verify()).verification?.outcome).toBe('verified');
    expect(world.shown('card-1')).toContain('Nothing is left to do');
    expect(await world.store.open()).toEqual([]);
  });

  it('keeps the quota and what AWS refuses away from channels that a customer reads', async () => {
    await world.verify(SHARED, 'card-1');
    expect(world.shown('card-1')).not.toMatch(/[Qq]uota|sandbox/);
    world.aws.faults.add({
      code: 'AccessDeniedException',
      status: 403,
      message: 'User: arn:aws:iam::123456789012:user/x',
    });
    await expect(world.verify(SHARED, 'card-2')).rejects.toThrow(/^Amazon SES could not be asked just now\.$/);
    await expect(world.verify(OPS, 'card-2')).rejects.toThrow('arn:aws:iam');
    await world.emails.checkOpen();
    expect(world.shown('card-1')).toContain('could not be asked just now');
    expect([...world.told.values()].map(({ message }) => JSON.stringify(message)).join()).not.toContain('arn:aws');
  });

  it('refuses a customer that sends by another way, or not at all', async () => {
    const smtp = { kind: 'smtp', host: 'mail.acme.example', port: 587, security: 'starttls' } as const;
    const card = { channelId: OPS, key: 'x' };
    const other = anEmailCustomer({ receivers: { mail: { from: 'a@acme.example', gateways: [smtp] }, webhooks: [] } });
    await expect(world.emails.verify({ customer: other, card })).rejects.toThrow(
      'SMTP `mail.acme.example`, not by Amazon SES',
    );
    const none = anEmailCustomer({ receivers: undefined });
    await expect(world.emails.verify({ customer: none, card })).rejects.toThrow('no `receivers.mail` in msops.yml');
    expect(world.aws.calls).toEqual([]);
  });
});

describe('checkOpen', () => {
  it('keeps the message up to date until the domain is verified, and tells that once', async () => {
    await world.verify();
    makeAll();
    await world.emails.checkOpen();
    expect(world.shown('card-1')).toContain('is verified for sending');
    expect(world.keys()).toEqual(['card-1', `email-ended:acme:${OPS}`]);
    expect(await world.store.find('acme')).toMatchObject({ outcome: 'verified', endedAt: expect.any(Date) });
    const calls = world.aws.calls.length;
    await world.emails.checkOpen();
    expect(world.aws.calls).toHaveLength(calls);
  });

  it('reminds the customer after 24, 48 and 66 hours while records are wrong, each time once', async () => {
    await world.verify();
    const reminders = () => world.keys().filter((key) => key.startsWith('email-remind'));
    await world.emails.checkOpen();
    expect(reminders()).toEqual([]);
    for (const hours of [24, 24, 18]) {
      world.advance(hours * HOUR_MS);
      await Promise.all([world.emails.checkOpen(), world.emails.checkOpen()]);
      world.advance(HOUR_MS / 6);
      await world.emails.checkOpen();
    }
    expect(reminders()).toEqual([24, 48, 66].map((hours) => `email-remind-${hours}:acme:${SHARED}`));
    const first = [...world.told.values()].find(({ key }) => key.startsWith('email-remind-24'));
    expect(first?.message.text).toBe('⏰ 48 hours left to verify acme.example');
  });

  it('does not remind anybody of records that are right, nor of what the DNS does not tell', async () => {
    await world.verify();
    const [first, ...others] = world.records();
    world.dns.servfail(first!.name);
    for (const { name, target } of others) {
      world.dns.cname(name, target);
    }
    world.advance(25 * HOUR_MS);
    await world.emails.checkOpen();
    expect(world.keys()).toEqual(['card-1']);
  });

  it('sends only the latest reminder after it was down', async () => {
    await world.verify();
    world.advance(50 * HOUR_MS);
    await world.emails.checkOpen();
    await world.emails.checkOpen();
    expect(world.keys()).toEqual(['card-1', `email-remind-48:acme:${SHARED}`]);
  });

  it('tells the end of the 72 hours, to the customer too, and begins anew when it is asked to', async () => {
    const { verification } = await world.verify();
    world.advance(66 * HOUR_MS);
    await world.emails.checkOpen();
    world.advance(6 * HOUR_MS + 1_000);
    await world.emails.checkOpen();
    expect(world.keys().slice(2)).toEqual([`email-ended:acme:${OPS}`, `email-ended:acme:${SHARED}`]);
    const ended = [...world.told.keys()].at(-1)!;
    expect(world.shown(ended)).toContain('has stopped looking');
    expect(world.shown('card-1')).toContain('begins anew');
    const before = world.records();
    const again = await world.verify(OPS, 'card-2');
    expect(again.verification?.begunAt.getTime()).toBeGreaterThan(verification!.begunAt.getTime());
    expect(again).toMatchObject({
      identity: { status: 'PENDING' },
      verification: { isBeginKnown: true, reminded: [] },
    });
    expect(world.records()).not.toEqual(before);
    expect(world.shown('card-1')).not.toContain('further down');
  });

  it('is over when the identity or the configuration is another one', async () => {
    await world.verify();
    world.aws.ses(REGION).identities.clear();
    await world.emails.checkOpen();
    expect((await world.store.find('acme'))?.outcome).toBe('withdrawn');
    await world.verify();
    world.customers.set('acme', anEmailCustomer({ receivers: undefined }));
    await world.emails.checkOpen();
    expect((await world.store.find('acme'))?.outcome).toBe('withdrawn');
  });

  it('decides nothing while SES cannot be asked', async () => {
    await world.verify();
    world.advance(80 * HOUR_MS);
    world.aws.faults.add({ code: 'InternalServiceErrorException', status: 500 });
    await world.emails.checkOpen();
    expect((await world.store.find('acme'))?.endedAt).toBeUndefined();
    expect(world.shown('card-1')).toContain('could not be asked: SES in eu-central-1 is in trouble');
  });
});

describe('status', () => {
  it('begins nothing', async () => {
    const { facts } = await world.emails.status(anEmailCustomer(), 'operations');
    expect(facts).toMatchObject({ identity: undefined, records: [], trouble: undefined });
    expect(world.aws.ses(REGION).identities.size).toBe(0);
    expect(await world.store.find('acme')).toBeUndefined();
  });

  it('tells which of the addresses that rules name get nothing, to the customer only of their own', async () => {
    world.aws.ses(REGION).suppressed.set('oncall@meridian.example', { reason: 'BOUNCE', at: new Date() });
    expect((await world.emails.status(anEmailCustomer(), 'operations')).addresses).toEqual([
      { address: 'oncall@meridian.example', suppressed: 'BOUNCE' },
      { address: 'Dana@acme.example', suppressed: 'no' },
    ]);
    expect((await world.emails.status(anEmailCustomer(), 'customer')).addresses).toEqual([
      { address: 'Dana@acme.example', suppressed: 'no' },
    ]);
    world.aws.faults.add({ operation: 'GetSuppressedDestination', code: 'AccessDeniedException', status: 403 });
    const { addresses } = await world.emails.status(anEmailCustomer(), 'customer');
    expect(addresses).toEqual([{ address: 'Dana@acme.example', suppressed: 'unknown' }]);
  });
});
