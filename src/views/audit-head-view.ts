import type { Message } from '../domain/message.ts';
import type { AuditVerification } from '../services/audit/ports.ts';

/** Posted once a day; whoever keeps the message can prove later that nothing before it was changed or removed. */
export function auditHeadView(found: AuditVerification, day: string): Message {
  if (found.intact) {
    return { text: `:lock: Audit ${day}: ${found.entries} entries, head \`${found.headHash}\`` };
  }
  const problem = `:rotating_light: Audit ${day}: the chain is broken at row ${found.brokenAt}: ${found.problem}.`;
  return {
    text: `${problem}\nSomebody changed the audit table. Keep a copy of the database and find out who had access.`,
  };
}
