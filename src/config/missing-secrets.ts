import type { Inventory } from '../domain/inventory.ts';
import { type NamedSecrets, secretVariable } from '../domain/named-secrets.ts';

/** @returns a line for each secret that the configuration names and that is not there; never with a value. */
export function missingSecrets({ customers }: Inventory, secrets: NamedSecrets): readonly string[] {
  const named = customers.flatMap(({ id, receivers, tokens, environments }) => [
    ...(receivers?.mail?.gateways ?? []).map((gateway) => ({
      name: gateway.kind === 'smtp' ? gateway.password : undefined,
      use: `the SMTP server of ${id}`,
    })),
    { name: receivers?.phones?.kind === 'webhook' ? receivers.phones.token : undefined, use: `the phones of ${id}` },
    ...(receivers?.webhooks ?? []).map(({ name, token }) => ({ name: token, use: `the webhook ${name} of ${id}` })),
    { name: tokens?.metrics, use: `the metrics of ${id}` },
    { name: tokens?.alerts, use: `the alerts of ${id}` },
    ...environments.map(({ name, monitoring }) => ({
      name: monitoring?.metricSource?.token,
      use: `the Prometheus of ${id}/${name}`,
    })),
  ]);
  return named.flatMap(({ name, use }) =>
    name === undefined || secrets.get(name) !== undefined
      ? []
      : [`the secret ${name}, for ${use}, is missing: set ${secretVariable(name)} or its _FILE`],
  );
}
