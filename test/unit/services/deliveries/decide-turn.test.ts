import { describe, expect, it } from 'vitest';
import { decideTurn } from '../../../../src/services/deliveries/decide-turn.ts';
import { decideWatch } from '../../../../src/services/deliveries/decide-watch.ts';
import type { DeliveryRecord } from '../../../../src/services/deliveries/ports.ts';
import type { MessageState } from '../../../../src/services/notifications/ports.ts';
import { NOW } from '../../../support/builders.ts';
import { aDelivery } from './delivery-builders.ts';

const slack = (kinds: Record<string, MessageState['kind']>) =>
  new Map(Object.entries(kinds).map(([key, kind]) => [key, { kind }]));
const earlier = (states: Record<string, DeliveryRecord['state']>) => new Map(Object.entries(states));
const NOTHING = { slack: slack({}), earlier: earlier({}) };

describe('decideTurn', () => {
  const backup = aDelivery({ unlessInSlack: ['a', 'b'] });

  it('sends what is due', () => {
    expect(decideTurn(aDelivery(), NOTHING)).toEqual({ kind: 'send' });
    expect(decideTurn(aDelivery({ unlessInSlack: [] }), NOTHING)).toEqual({ kind: 'send' });
  });

  it.each<[string, Record<string, MessageState['kind']>, string]>([
    ['needs nothing when Slack has all messages', { a: 'confirmed', b: 'confirmed' }, 'not_needed'],
    ['sends when Slack has but one of them', { a: 'confirmed', b: 'waiting' }, 'send'],
    ['sends when one was given up', { a: 'confirmed', b: 'failed' }, 'send'],
    ['sends when one is not known', { a: 'confirmed' }, 'send'],
    ['waits a moment while Slack takes the newest versions', { a: 'confirmed', b: 'under_way' }, 'again'],
    ['does not wait while one channel moves and another does not', { a: 'waiting', b: 'under_way' }, 'send'],
  ])('%s', (_, kinds, turn) => {
    expect(decideTurn(backup, { ...NOTHING, slack: slack(kinds) }).kind).toBe(turn);
  });

  it.each<[string, Record<string, DeliveryRecord['state']>, string]>([
    ['tells the end when the begin was sent', { a: 'sent', b: 'refused' }, 'send'],
    ['waits with the end for the begin', { a: 'waiting', b: 'refused' }, 'again'],
    ['tells no end before what still waits, though a later step was sent', { a: 'waiting', b: 'sent' }, 'again'],
    ['tells no end when nobody was told of the begin', { a: 'not_needed', b: 'refused' }, 'not_needed'],
    ['tells no end of what is not known', {}, 'not_needed'],
  ])('%s', (_, states, turn) => {
    expect(decideTurn(aDelivery({ after: ['a', 'b'] }), { ...NOTHING, earlier: earlier(states) }).kind).toBe(turn);
  });
});

describe('decideWatch', () => {
  const messages = ['a', 'b'].map((key) => ({ key, channelId: key, threadOf: key }));
  const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
  const watch = (states: Record<string, MessageState | undefined>, seconds = 90) =>
    decideWatch({
      ...{ messages, putAt: NOW, now: later(seconds) },
      states: new Map(Object.entries(states).flatMap(([key, state]) => (state ? [[key, state]] : []))),
    });
  const posted = (seconds: number): MessageState => ({ kind: 'confirmed', postedAt: later(seconds) });

  it('is over when Slack had all messages within a minute, however they are edited now', () => {
    const edited: MessageState = { kind: 'waiting', postedAt: later(60) };
    expect(watch({ a: posted(2), b: edited })).toEqual({ kind: 'over', late: [] });
  });

  it('looks again while one is on its way', () => {
    expect(watch({ a: posted(2), b: { kind: 'waiting' } })).toMatchObject({ kind: 'again' });
  });

  it('names those that came late, and waits for none that never comes', () => {
    const late = [{ message: messages[0], postedAt: later(61) }];
    expect(watch({ a: posted(61), b: { kind: 'failed' } })).toEqual({ kind: 'over', late });
    expect(watch({ a: posted(61) })).toEqual({ kind: 'over', late });
    expect(watch({ a: posted(61), b: { kind: 'waiting' } }, 8 * 86_400)).toEqual({ kind: 'over', late });
  });
});
