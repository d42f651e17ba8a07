import type { Alert } from './alert.ts';
import { isHeard } from './heard-limit.ts';

type Titled = Pick<Alert, 'owner' | 'title'>;

/** Each has a group of its own, and so a message in every channel. */
const MOST_TITLES = 50;
/** Under which all others are told, in one group for each owner. */
const OTHERS = 'Other alerts';

/** Titles of alerts of a customer's monitoring that are open. */
export interface HeardTitles {
  /** Under which a new alert is told: its own while there are few, so that a rule for each host makes no flood. */
  take(alert: Titled & { readonly title: string }): string;
}

/** @param alerts Those that are open. */
export function createHeardTitles(alerts: readonly Alert[]): HeardTitles {
  const own = new Set(alerts.filter((alert) => isHeard(alert) && alert.title !== OTHERS).map(kindOf));
  return {
    take(alert) {
      const kind = kindOf(alert);
      if (!own.has(kind) && own.size >= MOST_TITLES) {
        return OTHERS;
      }
      own.add(kind);
      return alert.title;
    },
  };
}

function kindOf({ owner, title }: Titled): string {
  return JSON.stringify([owner, title]);
}
