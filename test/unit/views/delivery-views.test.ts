import { describe, expect, it } from 'vitest';
import type { DeliverySettlement } from '../../../src/services/deliveries/dispatch-ports.ts';
import type { DeliveryRecord } from '../../../src/services/deliveries/ports.ts';
import { deliveryGapView } from '../../../src/views/delivery-gap-view.ts';
import { deliveryTroubleView, passedOverView } from '../../../src/views/delivery-trouble-view.ts';
import { SLACK_LIMITS } from '../../../src/views/slack-limits.ts';
import { NOW } from '../../support/builders.ts';
import { aDelay, aDelivery, aRefusal, SENT } from '../services/deliveries/delivery-builders.ts';
import { ago, EVIL } from './rollout-builders.ts';
import { textsOf } from './texts-of.ts';

const shown = (settlement: DeliverySettlement, delivery = aDelivery()) =>
  deliveryTroubleView({ delivery, customerName: 'Acme Bank', settlement, now: NOW });

describe('deliveryTroubleView', () => {
  it.each<[DeliverySettlement, RegExp]>([
    [{ kind: 'refused', result: aRefusal('It is too big.') }, /^❌ E-mail to `oncall@acme.example` was not sent/],
    [{ kind: 'again', inMs: 300_000, result: aDelay() }, /^⏳ E-mail .* is not out yet/],
    [{ kind: 'not_needed' }, /^✅ .*Slack has the alert/],
    [{ kind: 'sent', result: SENT }, /^✅ .* went out/],
  ])('says first what became of it (%j)', (settlement, words) => {
    expect(shown(settlement).text).toMatch(words);
  });

  it('says why, what comes next, and which incident of whom it is', () => {
    const texts = textsOf(shown({ kind: 'again', inMs: 300_000, result: aDelay('SES is paused.') })).join('\n');
    expect(texts).toMatch(/SES is paused\.\nIt is tried again in 5 min\./);
    expect(texts).toContain('Incident `7kq2m9xd` of Acme Bank');
  });

  it('keeps to the limits whatever a server says', () => {
    const rejected = Array.from({ length: 50 }, (_, index) => ({
      recipient: `${EVIL}${index}`,
      reason: EVIL.repeat(20),
    }));
    const content = {
      kind: 'email',
      to: rejected.map(({ recipient }) => recipient),
      mail: aDelivery().content,
    } as never;
    const result = { ...aRefusal(EVIL.repeat(50)), rejected };
    const message = shown({ kind: 'refused', result }, aDelivery({ content, incident: EVIL }));
    for (const text of textsOf(message)) {
      expect(text.length).toBeLessThanOrEqual(SLACK_LIMITS.section.text);
      expect(text).not.toMatch(/<[!@#]/);
    }
  });
});

describe('passedOverView', () => {
  it('names the gateway, why it was passed over, and the way that the mail took', () => {
    const what = 'SMTP mail.acme.example:587 did not answer.';
    const texts = textsOf(passedOverView({ customerName: 'Acme Bank', what, by: 'SES eu-central-1' })).join('\n');
    expect(texts).toMatch(
      /Mail of Acme Bank takes another way: `SES eu-central-1`.*\n.*SMTP mail.acme.example:587 did not answer/,
    );
  });
});

describe('deliveryGapView', () => {
  const record: DeliveryRecord = {
    ...{ delivery: aDelivery(), state: 'sent', attempts: 1, last: SENT, createdAt: ago(14), settledAt: ago(13) },
  };

  it('says how late Slack was, and who had been told by then in which way', () => {
    const message = deliveryGapView({ putAt: ago(14), postedAt: NOW, before: [record] });
    const texts = textsOf(message).join('\n');
    expect(texts).toContain('Slack has this alert 14 min late');
    expect(texts).toMatch(/E-mail to `oncall@acme.example` <!date.*, by `SMTP mail.acme.example:587`/);
  });

  it('says so when nobody had been told', () => {
    const message = deliveryGapView({ putAt: ago(14), postedAt: NOW, before: [] });
    expect(message.text).toMatch(/Nobody was told before/);
  });
});
