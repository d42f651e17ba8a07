import type { Clock } from '../../domain/clock.ts';
import type { Customer } from '../../domain/inventory.ts';
import type { ApprovalService } from '../approvals/approval-service.ts';
import type { MessageLinks, Outbox } from '../notifications/ports.ts';
import type { RolloutFacts, RolloutStore, RolloutWords } from './ports.ts';
import { ENDED, type Rollout } from './rollout.ts';

export interface RolloutCardsDeps {
  readonly store: RolloutStore;
  readonly approvals: Pick<ApprovalService, 'find' | 'openSeats' | 'policyFor'>;
  readonly outbox: Outbox & MessageLinks;
  readonly words: RolloutWords;
  readonly clock: Clock;
  /** As the configuration has it now. */
  customerOf(id: string): Customer | undefined;
}

/** What Slack shows of a rollout. Drawn from the store alone, so it can be drawn again at any time. */
export interface RolloutCards {
  /** Without `links`, which Slack has to be asked for. */
  facts(rollout: Rollout): Promise<RolloutFacts>;
  withLinks(facts: RolloutFacts): Promise<RolloutFacts>;
  /** Does nothing for a rollout that is not there. */
  redraw(id: string): Promise<void>;
  /** Into the thread of the card where it was asked for. */
  hostEnded(id: string, host: string): Promise<void>;
  summary(id: string): Promise<void>;
}

function cardKey(id: string, channelId: string): string {
  return `rollout:${id}:${channelId}`;
}

export function createRolloutCards(deps: RolloutCardsDeps): RolloutCards {
  const { store, outbox, words, approvals, clock } = deps;

  async function facts(rollout: Rollout): Promise<RolloutFacts> {
    const [hosts, approval] = await Promise.all([store.hosts(rollout.id), approvals.find(rollout.approvalId)]);
    const customer = deps.customerOf(rollout.customer);
    const environment = customer?.environments.find(({ name }) => name === rollout.environment);
    return {
      ...{ rollout, hosts, approval, customerName: customer?.name, timeZone: environment?.timeZone },
      allowedHours: environment && approvals.policyFor(environment, rollout.plan.kind)?.allowedHours,
      openSeats: approval?.status === 'pending' ? approvals.openSeats(approval) : [],
      now: clock.now(),
      links: {},
    };
  }

  async function withLinks(known: RolloutFacts): Promise<RolloutFacts> {
    const { rollout, hosts } = known;
    const failed = ENDED.includes(rollout.state) ? hosts.filter(({ state }) => state === 'failed') : [];
    const links = await Promise.all(failed.map(async ({ host }) => [host, await linkTo(rollout, host)] as const));
    return {
      ...known,
      links: Object.fromEntries(links.flatMap(([host, link]) => (link === undefined ? [] : [[host, link]]))),
    };
  }

  function linkTo({ id, channels }: Rollout, host: string): Promise<string | undefined> {
    return outbox.linkTo(`${cardKey(id, channels[0] ?? '')}:host:${host}`);
  }

  async function intoThread({ id, channels }: Rollout, name: string, message: ReturnType<RolloutWords['card']>) {
    const channelId = channels[0];
    if (channelId !== undefined) {
      const card = cardKey(id, channelId);
      await outbox.put({ key: `${card}:${name}`, to: { kind: 'channel', channelId, threadOf: card }, message });
    }
  }

  return {
    facts,
    withLinks,
    async redraw(id) {
      const rollout = await store.find(id);
      if (rollout !== undefined) {
        const known = await withLinks(await facts(rollout));
        for (const [index, channelId] of rollout.channels.entries()) {
          const message = words.card(known, index === 0 ? 'askers' : 'customer');
          await outbox.put({ key: cardKey(id, channelId), to: { kind: 'channel', channelId }, message });
        }
      }
    },
    async hostEnded(id, host) {
      const rollout = await store.find(id);
      const ended = rollout && (await store.hosts(id)).find((one) => one.host === host);
      if (rollout !== undefined && ended !== undefined) {
        await intoThread(rollout, `host:${host}`, words.hostEnded(rollout, ended));
      }
    },
    async summary(id) {
      const rollout = await store.find(id);
      if (rollout !== undefined) {
        await intoThread(rollout, 'summary', words.summary(await withLinks(await facts(rollout))));
      }
    },
  };
}
