import { refOf } from '../domain/environment-ref.ts';
import { UserError } from '../domain/errors.ts';
import type { Place } from '../domain/place.ts';
import { shortId } from '../domain/short-id.ts';
import type { Selection } from '../services/inventory/inventory-service.ts';
import type { ChangeSpec } from '../services/rollouts/host-change.ts';
import { notPlannedView, notRequestedView, planningView, requestedView } from '../views/rollout-request-view.ts';
import type { CommandContext } from './command-spec.ts';

export interface WantedChange {
  readonly selection: Selection;
  /** `type` of the change. */
  readonly type: string;
  readonly spec: ChangeSpec;
  readonly startAt?: Date | undefined;
  readonly reason?: string | undefined;
  /** The command without hosts, for the others when some have a problem: `patch apply acme/prod --security`. */
  readonly command: string;
}

const ANSWER = 'request';

/** Plans, says what came of it, and from then on the card in the channel tells how it goes. */
export async function requestRollout(wanted: WantedChange, context: CommandContext): Promise<void> {
  const { actor, answer, services, place, touch } = context;
  const { selection, type, spec, startAt, reason, command } = wanted;
  const { customer, environment, hosts } = selection;
  touch({ customer, environment: environment.name, hosts: hosts.map(({ name }) => name) });
  const ref = refOf(environment);
  const channelId = channelOf(place, customer, context);
  await answer.show(ANSWER, planningView(ref, hosts.length));
  try {
    const id = shortId(answer.keyOf(ANSWER));
    const made = await services.rollouts.request({ id, actor, type, spec, selection, startAt, reason, channelId });
    const isRequested = 'approvalId' in made;
    const elsewhere = place.kind === 'channel' ? undefined : channelId;
    await answer.show(
      ANSWER,
      isRequested ? requestedView(made, elsewhere) : notRequestedView({ ref, plan: made, command }),
    );
  } catch (error) {
    await answer.show(ANSWER, notPlannedView(ref));
    throw error;
  }
}

/** A card is for all who have to do with it: asked for in a direct message, it goes to the customer's ops channel. */
function channelOf(place: Place, customer: string, { services }: CommandContext): string {
  if (place.kind === 'channel') {
    return place.channelId;
  }
  const channels = services.inventory.findCustomer(customer)?.channels ?? [];
  const ops = channels.find(({ kind }) => kind === 'ops');
  if (ops === undefined) {
    throw new UserError(`\`${customer}\` has no ops channel in msops.yml, so there is no place for the card.`, {
      hint: 'Ask in a channel that is bound to the customer.',
    });
  }
  return ops.channelId;
}
