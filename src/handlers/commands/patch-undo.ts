import { UserError } from '../../domain/errors.ts';
import { undoSpecOf } from '../../services/patching/changes/undo-spec.ts';
import { productNameOf } from '../../services/products/pack-work.ts';
import { PRODUCT_REVERT } from '../../services/products/product-revert.ts';
import { PRODUCT_UPDATE } from '../../services/products/product-update.ts';
import type { ChangeSpec } from '../../services/rollouts/host-change.ts';
import type { RolloutFacts } from '../../services/rollouts/ports.ts';
import { defineCommand } from '../command-spec.ts';
import { findRollout } from '../find-rollout.ts';
import { requestRollout } from '../request-rollout.ts';
import { OneRollout } from '../rollout-arguments.ts';

export const patchUndo = defineCommand({
  verb: 'patch undo',
  synopsis: '<rollout>',
  summary: 'Plan the way back from a rollout on the hosts that it changed, and ask for approval of it by a card.',
  example: 'patch undo 7kq2m9xd',
  permission: 'change.request',
  auditAction: 'patch.undo',
  options: {},
  args: OneRollout,

  async run({ id }, context) {
    const facts = await findRollout(id, 'change.request', context);
    const { actor, place, services } = context;
    const undo = wayBack(facts);
    const { customer, environment } = facts.rollout;
    const selection = services.inventory.select({
      ...{ actor, place, permission: 'change.request', environment: `${customer}/${environment}` },
      hosts: undo.hosts,
    });
    const reason = `going back from rollout ${facts.rollout.id}`;
    await requestRollout({ ...undo, selection, reason, command: `patch undo ${facts.rollout.id}` }, context);
  },
});

interface WayBack {
  readonly type: string;
  readonly spec: ChangeSpec;
  /** Those that were changed, or may have been. */
  readonly hosts: readonly string[];
}

/** @throws {UserError} when there is none. */
function wayBack({ rollout, hosts }: RolloutFacts): WayBack {
  const { id, plan } = rollout;
  const changed = hosts.filter(({ state }) => state === 'done' || state === 'failed').map(({ host }) => host);
  if (changed.length > 0 && plan.type === PRODUCT_UPDATE) {
    return { type: PRODUCT_REVERT, spec: { product: productNameOf(plan.spec), of: id }, hosts: changed };
  }
  const spec = undoSpecOf({ id, plan, hosts: changed });
  if (spec === undefined) {
    throw new UserError('There is nothing of that rollout that I could take back.', {
      hint: 'It changed no host, or nothing is known of how it was before; its details say how to go back by hand.',
    });
  }
  return { type: 'os_packages_undo', spec, hosts: changed };
}
