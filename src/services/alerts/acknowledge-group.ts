import { type Actor, isSamePerson, toPerson } from '../../domain/actor.ts';
import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { AuditLog } from '../audit/ports.ts';
import type { AlertGroup } from './alert.ts';
import type { AlertBoard, AlertStore } from './ports.ts';
import type { Teller } from './tell-groups.ts';

export interface AcknowledgeDeps {
  readonly store: AlertStore;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: Clock;
  readonly teller: Teller;
}

type Acknowledged = NonNullable<AlertGroup['acknowledged']>;

/** @throws {UserError} when it was acknowledged before, or is over. */
export async function acknowledgeGroup(id: string, actor: Actor, deps: AcknowledgeDeps): Promise<AlertGroup> {
  const { store, audit, clock, teller } = deps;
  const place = await store.locate(id);
  if (place === undefined) {
    throw over(id);
  }
  const { customer, environment } = place;
  const acknowledged = { by: toPerson(actor), at: clock.now() };
  const board = await store.update(customer, environment, (found) => acknowledge(found, id, acknowledged));
  await audit.append({
    ...{ actor: actor.id, actorName: actor.displayName, action: 'alert.acknowledged', result: 'succeeded' },
    ...{ customer, environment, after: { alert: id }, requestId: id },
  });
  await teller.tell(board, { customer, name: environment });
  return find(board, id);
}

function acknowledge(board: AlertBoard, id: string, acknowledged: Acknowledged): AlertBoard {
  const found = find(board, id);
  if (found.acknowledged !== undefined) {
    throw before(found.acknowledged, acknowledged);
  }
  const group = { ...found, acknowledged };
  const groups = board.groups.map((one) => (one.id === id ? group : one));
  return { ...board, groups, untold: [...board.untold, { group }] };
}

function find({ groups }: AlertBoard, id: string): AlertGroup {
  const found = groups.find((group) => group.id === id);
  if (found === undefined) {
    throw over(id);
  }
  return found;
}

/** Whoever presses twice needs nobody to ask. */
function before({ by, at }: Acknowledged, now: Acknowledged): UserError {
  return isSamePerson(by, now.by)
    ? new UserError(`You have acknowledged this alert already, ${minuteOf(at)}.`)
    : new UserError(`${by.name} has acknowledged this alert before, ${minuteOf(at)}.`, {
        hint: 'Ask them how far they are.',
      });
}

function over(id: string): UserError {
  return new UserError(`Alert ${id} is over, so there is nothing left to acknowledge.`, {
    hint: 'If the trouble comes back, a new message tells it.',
  });
}

function minuteOf(date: Date): string {
  return `on ${date.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
}
