import type { EmailVerificationService } from '../services/email-identities/email-verification-service.ts';
import type { Job } from './job.ts';

/** Every ten minutes, while mail domains wait for their verification. */
export function createEmailVerificationsJob({ emails }: { emails: Pick<EmailVerificationService, 'checkOpen'> }): Job {
  return {
    name: 'email-verifications',
    schedule: '*/10 * * * *',
    missedSlots: 'run_latest',
    run: () => emails.checkOpen(),
  };
}
