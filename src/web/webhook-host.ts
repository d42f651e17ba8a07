import type { Environment } from '../domain/inventory.ts';

const NAMING = ['host', 'hostname', 'nodename', 'instance'] as const;

/** The host of ours that the labels name, else what they say it is about; may be empty. */
export function hostOf(labels: ReadonlyMap<string, string>, { hosts }: Environment): string {
  const named = NAMING.flatMap((label) => withoutPort(labels.get(label) ?? '') || []);
  const ours = named.flatMap((name) => hosts.find((host) => isCalled(host, name.toLowerCase()))?.name ?? []);
  return ours[0] ?? named[0] ?? '';
}

function isCalled({ name, ssh }: Environment['hosts'][number], called: string): boolean {
  const own = name.toLowerCase();
  return called === own || called === ssh.address.toLowerCase() || called.startsWith(`${own}.`);
}

/** `mi-1:9100`, `[2001:db8::7]:9100` and `https://mi-1:9443/health` are all about a host. */
function withoutPort(instance: string): string {
  const place = instance.trim().replace(/^[a-z][a-z\d+.-]*:\/\/([^/?#]*).*$/i, '$1');
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(place)?.[1];
  return bracketed ?? place.replace(/^([^:]*):\d+$/, '$1');
}
