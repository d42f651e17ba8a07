import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import { refOf } from '../domain/environment-ref.ts';
import type { AccessPath, Environment, Host, Product } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import { context, section, type TableColumn, table } from './blocks.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';

const COLUMNS: readonly TableColumn[] = [
  { title: 'Host' },
  { title: 'Role' },
  { title: 'Address' },
  { title: 'Product' },
  { title: 'Runs as' },
  { title: 'Started by' },
];

export interface HostsSelection {
  readonly customer: string;
  readonly environment: Environment;
  readonly hosts: readonly Host[];
}

/** What the inventory says. Nothing is asked of the hosts. */
export function hostsView({ environment, hosts }: HostsSelection): Message {
  const ref = escapeMrkdwn(refOf(environment));
  const facts = `${count(hosts.length, 'host')}, ${environment.production ? 'production' : 'not production'}`;
  const fitted = table(COLUMNS, hosts.map(hostRow));
  const blocks = [
    section(`*${ref}*: ${facts}, ${describePath(environment.accessPath)}`),
    ...(hosts.length > 0 ? [fitted.block] : []),
    ...(fitted.left > 0 ? [context(`${fitted.left} more found no room here: msops.yml has them all.`)] : []),
  ] satisfies KnownBlock[];
  return { text: `${ref}: ${facts}`, blocks };
}

function hostRow({ name, role, ssh, products }: Host): readonly string[] {
  return [
    name,
    role,
    `${ssh.address}:${ssh.port}`,
    joined(products, ({ name: product, home }) => `${product} (${home})`),
    joined(products, ({ serviceUser }) => serviceUser),
    joined(products, ({ unit }) => unit ?? 'its scripts'),
  ];
}

function joined(products: readonly Product[], words: (product: Product) => string): string {
  return [...new Set(products.map(words))].join(', ') || '–';
}

const LONGEST_NAME = 60;

function describePath({ vpn, bastions }: AccessPath): string {
  const hops = [
    ...(vpn ? [`the VPN ${code(cut(vpn.interface, LONGEST_NAME))}`] : []),
    ...bastions.map(({ name }) => code(cut(name, LONGEST_NAME))),
  ];
  return hops.length > 0 ? `reached through ${hops.join(', then ')}` : 'reached directly';
}
