import { type EmailFacts, type EmailOutcome, type EmailVerification, endsAt } from './email-verification.ts';

/** Hours after the beginning at which the customer is reminded while records are wrong. */
const REMINDERS = [24, 48, 66] as const;
const HOUR_MS = 3_600_000;

export interface VerificationStep {
  readonly outcome?: EmailOutcome | undefined;
  /** Hours of the reminder that is due. One that was missed is not sent after a later one. */
  readonly remind?: number | undefined;
}

/** What follows from what SES and the DNS say now. Nothing, as long as SES could not be asked. */
export function decideVerification(verification: EmailVerification, facts: EmailFacts): VerificationStep {
  const { identity, trouble, areRecordsWrong, now } = facts;
  if (identity === undefined) {
    return trouble === undefined ? { outcome: 'withdrawn' } : {};
  }
  if (identity.status === 'SUCCESS' && identity.verifiedForSending) {
    return { outcome: 'verified' };
  }
  if (identity.status === 'FAILED' || now >= endsAt(verification)) {
    return { outcome: 'expired' };
  }
  const hours = (now.getTime() - verification.begunAt.getTime()) / HOUR_MS;
  const due = REMINDERS.findLast((mark) => mark <= hours);
  const isDue = due !== undefined && !verification.reminded.includes(due) && areRecordsWrong;
  return isDue ? { remind: due } : {};
}

/** The verification after the step. */
export function takeStep(found: EmailVerification, step: VerificationStep, now: Date): EmailVerification {
  const reminded = step.remind === undefined ? found.reminded : [...new Set([...found.reminded, step.remind])];
  return step.outcome === undefined
    ? { ...found, reminded }
    : { ...found, reminded, outcome: step.outcome, endedAt: found.endedAt ?? now };
}
