import { z } from 'zod';
import { SLACK_LIMITS } from './slack-limits.ts';

/** What somebody had filled in, but for the key: that is pasted anew. */
const Draft = z.object({
  environment: z.string().optional(),
  kinds: z.array(z.string()).optional(),
  /** `environment/host`. */
  hosts: z.array(z.string()).optional(),
  productLogs: z.boolean().optional(),
  for: z.string().optional(),
  reason: z.string().optional(),
  ticket: z.string().optional(),
});
export type AccessDraft = z.infer<typeof Draft>;

const Remembered = z.object({ customer: z.string(), draft: Draft });

/** What the button remembers that opens the form; without the longest parts where there is no room for them. */
export function rememberDraft(customer: string, draft: AccessDraft): string {
  const { hosts: _hosts, ...withoutHosts } = draft;
  const { reason: _reason, ...short } = withoutHosts;
  const values = [draft, withoutHosts, short].map((kept) => JSON.stringify({ customer, draft: kept }));
  return values.find((value) => value.length <= SLACK_LIMITS.button.value) ?? customer;
}

/** The other way round; also for a button that only remembers the customer. Whoever clicks can forge it. */
export function recallDraft(value: string): z.infer<typeof Remembered> {
  try {
    return Remembered.parse(JSON.parse(value));
  } catch {
    return { customer: value, draft: {} };
  }
}
