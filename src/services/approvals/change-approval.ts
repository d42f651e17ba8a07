import type { Announcer } from './announce-change.ts';
import type { Approval } from './approval.ts';
import type { ApprovalStore } from './ports.ts';
import type { Ruling } from './rule-end.ts';

export interface ChangeDeps {
  readonly store: ApprovalStore;
  readonly announcer: Announcer;
}

/**
 * Reads, decides and writes as one: whoever loses the write decides anew on what the other has made of it.
 * @returns the ruling that holds; `undefined` when there is no such approval.
 */
export async function changeApproval<R extends Ruling>(
  id: string,
  decide: (found: Approval) => R,
  { store, announcer }: ChangeDeps,
): Promise<R | undefined> {
  for (;;) {
    const found = await store.find(id);
    if (found === undefined) {
      return undefined;
    }
    const ruling = decide(found.approval);
    if (ruling.write === undefined) {
      return ruling;
    }
    if (await store.replace(found, ruling.approval)) {
      await announcer.announce({ ...ruling.write, approval: ruling.approval, before: found.approval.status });
      return ruling;
    }
  }
}
