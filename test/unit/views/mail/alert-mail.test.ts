import { describe, expect, it } from 'vitest';
import type { NoticeFacts } from '../../../../src/services/deliveries/notice-ports.ts';
import { alertMail } from '../../../../src/views/mail/alert-mail.ts';
import { alertSms } from '../../../../src/views/mail/alert-sms.ts';
import { aGroup, anAlert, extremeGroup } from '../alert-builders.ts';
import { EVIL } from '../rollout-builders.ts';
import { noticeFacts, overFacts } from './notice-facts.ts';

const mail = (overrides: Partial<NoticeFacts> = {}) => alertMail(noticeFacts(overrides), 'alert:7kq2m9xd:begin:r1');
const one = [anAlert('apim-1')];
const testFacts = {
  group: aGroup({ isTest: true }),
  alerts: [anAlert('test', { isTest: true, text: 'TEST by Alice' })],
};

/** Whatever it is called: everything that could do something, or leads somewhere. */
const ACTIVE =
  /<(?!\/?(?:html|head|meta|title|body|div|h1|p|span|strong|br|a|!doctype|!--)\b)[a-z]|\son\w+=|javascript:/i;

describe('alertMail', () => {
  it('says in its subject what, where and how bad', () => {
    expect(mail({ alerts: one }).subject).toBe('[msops 7kq2m9xd] CRITICAL acme/prod: disk filling up on apim-1');
  });

  it("ends no subject in the middle where the customer's monitoring names no host", () => {
    const alerts = [anAlert('', { signal: 'external', subject: 'f1', title: 'HighErrorRate' })];
    const group = aGroup({ signal: 'external', title: 'HighErrorRate', alerts });
    expect(mail({ group, alerts }).subject).toMatch(/HighErrorRate: reported by the customer's monitoring$/);
  });

  it('keeps the incident in the subject to the end', () => {
    const { subject, thread } = alertMail(overFacts(), 'alert:7kq2m9xd:begin:r1');
    expect(subject).toBe('[msops 7kq2m9xd] RESOLVED acme/prod: disk on mi-2, over after 12 min');
    expect(thread).toBe('alert:7kq2m9xd:begin:r1');
  });

  it('says since when, in the zone of the environment and in UTC', () => {
    expect(mail().text).toContain('Since Sun, Mar 1, 03:48 Europe/Zurich (02:48 UTC)');
    expect(mail({ timeZone: 'UTC' }).text).toContain('Since Sun, Mar 1, 02:48 UTC\n');
  });

  it('has each alert with its text, the runbook, the link, how to acknowledge, and who gets it and why', () => {
    const { text, html } = mail({ runbook: 'https://wiki.test/disk', slackLink: 'https://slack.test/p1' });
    for (const words of [
      'mi-2',
      '/var 93 % full (critical from 90 %)',
      '/ 85 % full (warning from 85 %)',
      'https://wiki.test/disk',
      'https://slack.test/p1',
      '/msops alerts acme/prod',
      'Sent to oncall@acme.example, who are told of warning and critical alerts of Acme Bank, prod.',
    ]) {
      expect(text).toContain(words);
      expect(html).toContain(words);
    }
  });

  it('says that it comes because Slack was late', () => {
    expect(mail({ isLate: true }).text).toContain('because Slack had not confirmed it 30 seconds after it was found');
  });

  it('offers people of the customer no button that they do not have', () => {
    const { rule } = noticeFacts();
    expect(mail({ rule: { ...rule, owner: 'customer' } }).text).not.toContain('Acknowledge');
    expect(alertMail(overFacts(), 't').text).not.toContain('Acknowledge');
  });

  it('marks a test, and names nobody who made it up', () => {
    const { subject, text, html } = mail(testFacts);
    expect(subject).toMatch(/TEST CRITICAL acme\/prod: nothing is wrong/);
    expect(text + html).not.toContain('Alice');
  });

  it('never reads an unknown as if it were well', () => {
    const unknown = anAlert('mi-2', { severity: 'unknown', text: 'df timed out' });
    const found = mail({ alerts: [unknown], severity: 'unknown' });
    expect(found.subject).toContain('UNKNOWN acme/prod: disk unknown on mi-2');
    expect(found.text).toContain('unknown: df timed out');
  });

  it('takes whatever hosts and people can say, and stays short', () => {
    const { group } = extremeGroup();
    const hostile = { ...group, title: EVIL, customer: EVIL, environment: EVIL, id: EVIL };
    const facts = { group: hostile, alerts: group.alerts, customerName: EVIL, runbook: `https://evil"${EVIL}` };
    const { subject, html, text } = mail({
      ...facts,
      slackLink: 'javascript:alert(1)',
      rule: { ...noticeFacts().rule, to: [EVIL] },
    });
    expect(subject.length).toBeLessThanOrEqual(200);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html.replaceAll(/&lt;.*?&gt;/g, '')).not.toMatch(ACTIVE);
    expect(html).not.toContain('href="javascript');
    expect(html.length).toBeLessThan(100_000);
    expect(text).toContain('and 150 more');
  });

  it('has styles that mail programs keep, and nothing to load', () => {
    const { html } = mail();
    expect(html).not.toMatch(/<style|<img|<link|url\(/);
    expect(html).toContain('color-scheme:light dark');
  });
});

describe('alertSms', () => {
  it('says all in one line', () => {
    expect(alertSms(noticeFacts({ alerts: one }))).toBe(
      'msops CRITICAL acme/prod: disk filling up on apim-1: /var 93 % full (critical from 90 %) [7kq2m9xd]',
    );
    expect(alertSms(overFacts())).toBe('msops RESOLVED acme/prod: disk on mi-2, over after 12 min [7kq2m9xd]');
  });

  it('is short and one line whatever hosts say, and keeps the incident', () => {
    const { group } = extremeGroup();
    const text = alertSms(noticeFacts({ group, alerts: group.alerts }));
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text).toMatch(/^[^\r\n]*\[7kq2m9xd\]$/);
  });
});
