import type { Environment } from '../../domain/inventory.ts';
import { shortId } from '../../domain/short-id.ts';
import { advanceGroup } from './advance-group.ts';
import type { Alert, AlertGroup } from './alert.ts';
import { membersOf } from './group-members.ts';
import type { AlertBoard, Telling } from './ports.ts';

export interface GroupMoment {
  readonly environment: Pick<Environment, 'customer' | 'name'>;
  readonly now: Date;
}

/** Puts the alerts into their groups, begins groups and ends them, and adds to the board what has to be told. */
export function regroup(board: AlertBoard, moment: GroupMoment): AlertBoard {
  const groups: AlertGroup[] = [];
  const tellings: Telling[] = [];
  for (const kind of kindsOf(board)) {
    const found = board.groups.find((group) => kindOf(group) === kind);
    const own = board.alerts.filter((alert) => kindOf(alert) === kind);
    const { group, telling } = found === undefined ? begin(own, moment) : advanceGroup(found, own, moment.now);
    groups.push(...(group === undefined || group.endedAt !== undefined ? [] : [group]));
    tellings.push(...(telling === undefined ? [] : [telling]));
  }
  return { ...board, groups, untold: [...board.untold, ...tellings] };
}

/** Part of the ids of groups that go on, so what it says of alerts without owner and title has to stay. */
function kindOf({
  signal,
  owner,
  title,
  isTest = false,
}: Pick<Alert, 'signal' | 'owner' | 'title' | 'isTest'>): string {
  const kind = isTest ? `${signal} test` : signal;
  return owner === undefined && title === undefined ? kind : JSON.stringify([kind, owner ?? '', title ?? '']);
}

function kindsOf({ groups, alerts }: AlertBoard): readonly string[] {
  return [...new Set([...groups.map(kindOf), ...alerts.map(kindOf)])];
}

/** The first message says it all, so the thread has nothing to hear. */
function begin(alerts: readonly Alert[], moment: GroupMoment): { group?: AlertGroup; telling?: Telling } {
  const members = membersOf([], alerts);
  const [first] = members;
  if (first === undefined) {
    return {};
  }
  const { customer, name: environment } = moment.environment;
  const { signal, isTest, owner, title } = first;
  const begunAt = moment.now;
  const id = shortId([customer, environment, kindOf(first), begunAt.toISOString()].join('/'));
  const what = { signal, owner, title, ...(isTest ? { isTest } : {}) };
  const group = { id, customer, environment, begunAt, ...what, alerts: members, ended: [], told: 0, drawnAt: begunAt };
  return { group, telling: { group } };
}
