import { BlockList, isIP, isIPv6 } from 'node:net';

/** A range of addresses; a single address is a range of one. */
export interface Cidr {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Reads `192.0.2.0/24`, `2001:db8::/32` or one address; `undefined` when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', prefixText, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes('%')) {
    return undefined;
  }
  const longest = version === 4 ? 32 : 128;
  if (prefixText !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(prefixText)) {
    return undefined;
  }
  const prefix = prefixText === undefined ? longest : Number(prefixText);
  return prefix <= longest ? { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' } : undefined;
}

/**
 * Is the address inside one of the ranges? An IPv4 address may come as `::ffff:192.0.2.1`.
 *
 * @param ranges As in the configuration; one that cannot be read contains nothing.
 */
export function isInCidrs(address: string, ranges: readonly string[]): boolean {
  if (isIP(address) === 0) {
    return false;
  }
  const list = new BlockList();
  for (const range of ranges.map(parseCidr)) {
    if (range !== undefined) {
      list.addSubnet(range.address, range.prefix, range.family);
    }
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
