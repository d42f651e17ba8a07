import { TELL_AFTER_MS } from './decide-settlement.ts';
import type { DeliverySettlement } from './dispatch-ports.ts';
import type { DeliveryRecord } from './ports.ts';

/**
 * Whether people have to hear what became of this turn: that nobody was reached, that it takes long, or that what they
 * were told before is over.
 *
 * @param before as it was before the turn.
 */
export function isTrouble(before: DeliveryRecord, settlement: DeliverySettlement, now: Date): boolean {
  const isLong = now.getTime() - before.delivery.dueAt.getTime() >= TELL_AFTER_MS;
  const wasTold = before.last?.kind === 'refused' || (before.last !== undefined && isLong);
  switch (settlement.kind) {
    case 'refused':
      return true;
    case 'again':
      return settlement.result?.kind === 'refused' || (settlement.result !== undefined && isLong);
    case 'sent':
      return wasTold || settlement.result.rejected.length > 0;
    case 'not_needed':
      return wasTold;
  }
}
