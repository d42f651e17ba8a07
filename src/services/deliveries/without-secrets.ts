import { scrubSecrets } from '../../domain/scrub.ts';
import type { Alert, GroupChange } from '../alerts/alert.ts';
import type { NoticeFacts } from './notice-ports.ts';

type GroupFacts = Omit<NoticeFacts, 'rule' | 'isLate'>;

/** What hosts have said, as it may leave us: into Slack it goes without secrets too. */
export function withoutSecrets(facts: GroupFacts): GroupFacts {
  const { group, alerts, change } = facts;
  return {
    ...facts,
    group: { ...group, alerts: group.alerts.map(scrubbed), waiting: undefined },
    alerts: alerts.map(scrubbed),
    change: change && scrubbedChange(change),
  };
}

function scrubbedChange({ fired, worsened, ended }: GroupChange): GroupChange {
  return { fired: fired.map(scrubbed), worsened: worsened.map(scrubbed), ended: ended.map(scrubbed) };
}

function scrubbed(alert: Alert): Alert {
  return { ...alert, subject: scrubSecrets(alert.subject), text: scrubSecrets(alert.text) };
}
