import type { Complaint, ProblemPath } from './config-problem.ts';
import type { Skeleton } from './skeleton.ts';

interface Binding {
  readonly channelId: string;
  readonly kind: 'ops' | 'shared';
  readonly customer: number;
  readonly path: ProblemPath;
}

/**
 * A channel that is shared with a customer belongs to that customer alone, else one would read about another.
 * An ops channel may be bound to several.
 */
export function checkChannels(file: Skeleton): readonly Complaint[] {
  const complaints: Complaint[] = [];
  const seen: Binding[] = [];
  for (const binding of bindingsOf(file)) {
    const earlier = seen.filter(({ channelId }) => channelId === binding.channelId);
    const message = judge(binding, earlier);
    if (message !== undefined) {
      complaints.push({ path: binding.path, message });
    }
    seen.push(binding);
  }
  return complaints;
}

function bindingsOf({ customers }: Skeleton): readonly Binding[] {
  return customers.flatMap(({ channels }, customer) =>
    (['ops', 'shared'] as const).flatMap((kind) =>
      channels[kind].flatMap((channelId, index) =>
        channelId === undefined
          ? []
          : [{ channelId, kind, customer, path: ['customers', customer, 'channels', kind, index] }],
      ),
    ),
  );
}

function judge({ channelId, kind, customer }: Binding, earlier: readonly Binding[]): string | undefined {
  if (earlier.some((other) => other.customer === customer)) {
    return `the channel ${channelId} is bound to this customer twice`;
  }
  const isShared = kind === 'shared' || earlier.some((other) => other.kind === 'shared');
  return isShared && earlier.length > 0
    ? `the channel ${channelId} is already bound to another customer; a shared channel belongs to one customer alone`
    : undefined;
}
