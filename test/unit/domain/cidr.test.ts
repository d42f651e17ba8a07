import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInCidrs, parseCidr } from '../../../src/domain/cidr.ts';

describe('parseCidr', () => {
  it.each([
    ['192.0.2.0/24', { address: '192.0.2.0', prefix: 24, family: 'ipv4' }],
    ['192.0.2.7', { address: '192.0.2.7', prefix: 32, family: 'ipv4' }],
    ['0.0.0.0/0', { address: '0.0.0.0', prefix: 0, family: 'ipv4' }],
    ['2001:db8::/32', { address: '2001:db8::', prefix: 32, family: 'ipv6' }],
    ['::1', { address: '::1', prefix: 128, family: 'ipv6' }],
  ])('reads %s', (text, cidr) => {
    expect(parseCidr(text)).toEqual(cidr);
  });

  it.each([
    '',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/024',
    '192.0.2/24',
    '300.0.0.1',
    '::1/129',
    'fe80::1%eth0',
    'a/b/c',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe('isInCidrs', () => {
  it.each([
    ['192.0.2.255', ['192.0.2.0/24'], true],
    ['192.0.3.0', ['192.0.2.0/24'], false],
    ['192.0.3.0', ['192.0.2.0/24', '192.0.3.0'], true],
    ['::ffff:192.0.2.1', ['192.0.2.0/24'], true],
    ['2001:db8:51::9', ['2001:db8:51::/48'], true],
    ['2001:db8:52::9', ['2001:db8:51::/48'], false],
    ['192.0.2.1', ['2001:db8::/32'], false],
    ['192.0.2.1', [], false],
    ['192.0.2.1', ['nonsense'], false],
    ['nonsense', ['0.0.0.0/0'], false],
  ])('%s in %j: %s', (address, ranges, expected) => {
    expect(isInCidrs(address, ranges)).toBe(expected);
  });

  it('agrees with counting bits, for any two IPv4 addresses and prefix', () => {
    const bits = (address: string) => address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, network, prefix) => {
        const shift = BigInt(32 - prefix);
        expect(isInCidrs(address, [`${network}/${prefix}`])).toBe(bits(address) >> shift === bits(network) >> shift);
      }),
    );
  });
});
