import type { AlertWords } from '../services/alerts/ports.ts';
import { alertChangeView } from './alert-change-view.ts';
import { alertGroupView } from './alert-group-view.ts';

/** What the alert service says in Slack. */
export const alertWords: AlertWords = { group: alertGroupView, change: alertChangeView };
