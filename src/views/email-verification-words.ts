import type { EmailVerificationWords } from '../services/email-identities/ports.ts';
import { emailEndedView, emailReminderView } from './email-reminder-view.ts';
import { emailMovedView, emailVerificationView } from './email-verification-view.ts';

/** How a verification is put into words. */
export const emailVerificationWords: EmailVerificationWords = {
  card: emailVerificationView,
  moved: emailMovedView,
  reminder: emailReminderView,
  ended: emailEndedView,
};
