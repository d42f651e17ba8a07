import type { z } from 'zod';
import { refOf } from '../../domain/environment-ref.ts';
import { parseStartTime } from '../../services/approvals/parse-start-time.ts';
import { selectProduct } from '../../services/products/select-product.ts';
import { defineCommand } from '../command-spec.ts';
import { APPLY_OPTIONS, ApplyArguments } from '../patch-arguments.ts';
import { requestRollout, type WantedChange } from '../request-rollout.ts';

type Wanted = z.infer<typeof ApplyArguments>;

export const patchApply = defineCommand({
  verb: 'patch apply',
  synopsis:
    '<environment> [--hosts a,b,…] [--security] [--refresh] [--repair] [--product NAME --level N] [--at "sun 02:00"] [--reason "…"]',
  summary:
    'Plan updates of packages or of a product, ask for approval by a card, and roll them out wave by wave once it is given.',
  example: 'patch apply prod --security --at "sun 02:00" --reason "monthly patches"',
  permission: 'change.request',
  auditAction: 'patch.apply',
  options: APPLY_OPTIONS,
  args: ApplyArguments,

  run(wanted, context) {
    const { actor, place, services, clock } = context;
    const { environment: typed, hosts, at, reason } = wanted;
    const selected = services.inventory.select({
      ...{ actor, place, permission: 'change.request', environment: typed },
      hosts,
    });
    const selection = wanted.product === undefined ? selected : selectProduct(selected, wanted.product);
    const { environment } = selection;
    const startAt = at === undefined ? undefined : parseStartTime(at, environment.timeZone, clock.now());
    const command = `patch apply ${refOf(environment)}${typedOptions(wanted)}`;
    return requestRollout({ ...changeOf(wanted), selection, startAt, reason, command }, context);
  },
});

function changeOf({ product, level, security, refresh, repair }: Wanted): Pick<WantedChange, 'type' | 'spec'> {
  return product === undefined
    ? {
        type: 'os_packages',
        spec: {
          only: security ? 'security' : 'all',
          ...(refresh ? { refresh } : {}),
          ...(repair ? { repair } : {}),
        },
      }
    : { type: 'product_update', spec: { product, level } };
}

/** What decides what is done, to be typed again. */
function typedOptions({ product, level, security, refresh, repair }: Wanted): string {
  const flags = { security, refresh, repair };
  const set = Object.entries(flags).flatMap(([name, isSet]) => (isSet ? [` --${name}`] : []));
  return `${set.join('')}${product === undefined ? '' : ` --product ${product} --level ${level}`}`;
}
