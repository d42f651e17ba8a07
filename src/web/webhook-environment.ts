import type { Customer, Environment } from '../domain/inventory.ts';

export type WebhookPlace = { readonly environment: Environment } | { readonly problem: string };

/**
 * Where an alert belongs: what the address asks for, else what the label says, else the only production environment.
 * One that nobody watches takes none.
 */
export function placeAlert(
  customer: Customer,
  asked: string | undefined,
  labels: ReadonlyMap<string, string>,
): WebhookPlace {
  const named = asked ?? labels.get('environment') ?? labels.get('env');
  const production = customer.environments.filter((environment) => environment.production);
  const environment =
    named === undefined
      ? production.length === 1
        ? production[0]
        : undefined
      : customer.environments.find(({ name }) => name === named);
  if (environment === undefined) {
    return { problem: named === undefined ? unnamed(customer) : `there is no environment of that name` };
  }
  return environment.monitoring === undefined
    ? { problem: `the environment ${environment.name} is not monitored, so it takes no alerts` }
    : { environment };
}

function unnamed({ environments }: Customer): string {
  const names = environments.map(({ name }) => name).join(', ');
  return `the label "environment" is missing; add it, or ?environment=… to the address (there are: ${names})`;
}
