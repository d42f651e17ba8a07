import type { GrantWords } from '../services/access/ports.ts';
import { accessAlarm } from './access-alarm.ts';
import { accessCard } from './access-card.ts';
import { accessDetails } from './access-details.ts';
import { accessReminder } from './access-reminder.ts';

/** What the access service says in Slack. */
export const accessWords: GrantWords = {
  card: accessCard,
  details: accessDetails,
  reminder: accessReminder,
  alarm: accessAlarm,
};
