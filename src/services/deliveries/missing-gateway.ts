import type { Receivers } from '../../domain/receivers.ts';
import type { DeliveryContent, Trouble } from './delivery.ts';

/** Why nothing can carry it for this customer, and what to do; `undefined` when something can. */
export function missingGateway(
  content: DeliveryContent,
  customer: { readonly id: string; readonly receivers?: Receivers | undefined },
): Trouble | undefined {
  const { mail, phones, webhooks = [] } = customer.receivers ?? {};
  switch (content.kind) {
    case 'email':
      return mail === undefined ? notConfigured(`Customer ${customer.id} has no mail gateway`, 'mail') : undefined;
    case 'sms':
      return phones === undefined
        ? notConfigured(`Customer ${customer.id} has no gateway to phones`, 'phones')
        : undefined;
    case 'webhook': {
      const { webhook } = content;
      const isKnown = webhooks.some(({ name }) => name === webhook);
      return isKnown ? undefined : notConfigured(`Customer ${customer.id} has no webhook ${webhook}`, 'webhooks');
    }
  }
}

function notConfigured(what: string, section: string): Trouble {
  return { class: 'not_configured', text: `${what}. Add it to receivers.${section} of the customer in msops.yml.` };
}
