import type { Customer } from '../../domain/inventory.ts';
import type { AlertGroup } from './alert.ts';
import type { AlertCard } from './ports.ts';

/** The messages of a group, one a channel. */
export function cardsOf(group: AlertGroup, customer: Customer | undefined): readonly AlertCard[] {
  const channels = customer === undefined ? [] : channelsOf(group, customer);
  return channels.map(({ channelId, kind }) => ({ key: `alert:${group.id}:${channelId}`, channelId, kind }));
}

/**
 * Our own people always; the customer's where it was agreed. What is the customer's is told in their channels alone, and
 * to ours when they have none.
 */
function channelsOf({ environment: name, owner }: AlertGroup, customer: Customer): Customer['channels'] {
  const { channels, environments } = customer;
  const shared = channels.filter(({ kind }) => kind === 'shared');
  if (owner === 'customer') {
    return shared.length > 0 ? shared : channels;
  }
  const tellCustomer = environments.find((one) => one.name === name)?.monitoring?.tellCustomer === true;
  return channels.filter(({ kind }) => kind === 'ops' || tellCustomer);
}
