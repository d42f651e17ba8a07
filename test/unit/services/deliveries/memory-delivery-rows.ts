import type {
  DeliveryRows,
  DeliverySettlement,
  DueRow,
  SlackWatch,
  SlackWatches,
} from '../../../../src/services/deliveries/dispatch-ports.ts';
import type { DeliveryRecord } from '../../../../src/services/deliveries/ports.ts';

interface Row {
  record: DeliveryRecord;
  dueAt: number;
}

/** As in the store, by the clock of the test. */
export function createMemoryDeliveryRows(clock: { now(): Date }): DeliveryRows & SlackWatches {
  const rows = new Map<string, Row>();
  const watches = new Map<string, { watch: SlackWatch; putAt: Date; dueAt: number; isOver: boolean }>();
  const nowMs = () => clock.now().getTime();

  function settleDelivery(row: Row, settlement: DeliverySettlement): void {
    const result = settlement.kind === 'not_needed' ? undefined : settlement.result;
    const isAgain = settlement.kind === 'again';
    row.dueAt = nowMs() + (isAgain ? settlement.inMs : 0);
    row.record = {
      ...row.record,
      state: isAgain ? 'waiting' : settlement.kind,
      attempts: row.record.attempts + (result === undefined ? 0 : 1),
      last: result ?? row.record.last,
      settledAt: isAgain ? undefined : clock.now(),
    };
  }

  return {
    async put(delivery) {
      const record = { delivery, state: 'waiting', attempts: 0, createdAt: clock.now() } as const;
      rows.set(delivery.key, rows.get(delivery.key) ?? { record, dueAt: delivery.dueAt.getTime() });
    },
    async watch(watch) {
      const put = { watch, putAt: clock.now(), dueAt: nowMs() + 60_000, isOver: false };
      watches.set(watch.key, watches.get(watch.key) ?? put);
    },
    async ofIncident(incident) {
      return [...rows.values()].map(({ record }) => record).filter(({ delivery }) => delivery.incident === incident);
    },
    async claimDue(limit) {
      const now = clock.now();
      const due = [...rows.values()].filter(({ record, dueAt }) => record.state === 'waiting' && dueAt <= nowMs());
      const deliveries = due.map(({ record }): DueRow => ({ kind: 'delivery', record, now }));
      const watched = [...watches.values()].filter(({ dueAt, isOver }) => !isOver && dueAt <= nowMs());
      const all = [...deliveries, ...watched.map(({ watch, putAt }): DueRow => ({ kind: 'watch', watch, putAt, now }))];
      return all.slice(0, limit);
    },
    async settle(key, settlement) {
      const row = rows.get(key);
      const watch = watches.get(key);
      if (row?.record.state === 'waiting') {
        settleDelivery(row, settlement);
      }
      if (watch !== undefined) {
        watch.dueAt = nowMs() + (settlement.kind === 'again' ? settlement.inMs : 0);
        watch.isOver = settlement.kind !== 'again';
      }
    },
    async statesOf(keys) {
      const found = keys.flatMap((key) => rows.get(key)?.record ?? []);
      return new Map(found.map(({ delivery, state }) => [delivery.key, state]));
    },
  };
}
