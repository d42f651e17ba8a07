import * as z from 'zod';
import { SIGNALS } from '../domain/inventory.ts';
import type { NoticeRule } from '../domain/receivers.ts';
import { listOf, Name, oneOf, section } from './fields.ts';
import { MailAddress, PhoneNumber } from './receivers-section.ts';

const SEVERITIES = ['warning', 'critical', 'unknown'] as const;

const NoticeSection = section({
  email: listOf(MailAddress).optional(),
  sms: listOf(PhoneNumber).optional(),
  webhook: listOf(Name).optional(),
  severities: listOf(oneOf('severity', SEVERITIES)).default(['critical']),
  signals: listOf(oneOf('signal', SIGNALS)).optional(),
  when: oneOf('time', ['always', 'slack_late']).default('always'),
  owner: oneOf('owner', ['operations', 'customer']).default('operations'),
}).refine(
  ({ email, sms, webhook }) => [email, sms, webhook].filter((to) => to !== undefined).length === 1,
  'must be for `email`, `sms` or `webhook`, one of the three',
);

/** Who is told outside Slack, and of what. */
export const NoticesSection = z.array(NoticeSection);
export type NoticesSection = z.infer<typeof NoticesSection>;

export function toNotices(section: NoticesSection): readonly NoticeRule[] {
  return section.map(({ email, sms, webhook, severities, signals, when, owner }) => {
    const rule = { severities, signals, when, owner };
    if (email !== undefined) {
      return { kind: 'email', to: email, ...rule };
    }
    return sms === undefined ? { kind: 'webhook', to: webhook ?? [], ...rule } : { kind: 'sms', to: sms, ...rule };
  });
}
