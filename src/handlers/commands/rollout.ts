import { UserError } from '../../domain/errors.ts';
import type { CardAudience, RolloutFacts } from '../../services/rollouts/ports.ts';
import { rolloutCard } from '../../views/rollout-card.ts';
import { rolloutDetailsView } from '../../views/rollout-details.ts';
import { HOSTS_OPTION } from '../command-arguments.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { findRollout } from '../find-rollout.ts';
import { RolloutAndHosts } from '../rollout-arguments.ts';

export const rollout = defineCommand({
  verb: 'rollout',
  synopsis: '<id> [--hosts a,b,…]',
  summary: 'Show a rollout as it stands and draw its card again; with hosts, the whole plan for these.',
  example: 'rollout 7kq2m9xd',
  permission: 'rollout.read',
  auditAction: 'rollout.show',
  options: HOSTS_OPTION,
  args: RolloutAndHosts,

  async run({ id, hosts }, context) {
    const { services, answer } = context;
    const facts = await findRollout(id, 'rollout.read', context);
    if (hosts.length > 0) {
      await answer.whisper(rolloutDetailsView(facts, known(hosts, facts)));
      return;
    }
    const linked = await services.rollouts.withLinks(facts);
    await answer.show('rollout', rolloutCard(linked, audienceOf(facts, context)));
    await services.rollouts.redraw(facts.rollout.id);
  },
});

/** A channel shared with the customer shows what the card of the customer shows. */
function audienceOf({ rollout: { customer } }: RolloutFacts, { place, services }: CommandContext): CardAudience {
  const channels = services.inventory.findCustomer(customer)?.channels ?? [];
  const here = channels.find(({ channelId }) => place.kind === 'channel' && channelId === place.channelId);
  return here?.kind === 'shared' ? 'customer' : 'askers';
}

/** @throws {UserError} when one of them is not part of it. */
function known(typed: readonly string[], { rollout: { plan } }: RolloutFacts): readonly string[] {
  const wanted = new Set(typed.map((name) => name.trim().toLowerCase()));
  const found = plan.hosts.map(({ host }) => host).filter((host) => wanted.has(host.toLowerCase()));
  if (found.length < wanted.size) {
    throw new UserError('Not all of these hosts are part of that rollout.', {
      hint: 'Without hosts you see which ones are.',
    });
  }
  return found;
}
