import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { hostsView } from '../../../src/views/hosts-view.ts';
import { aProduct } from '../../support/builders.ts';
import { aHost, anEndpoint, anEnvironment } from '../../support/world.ts';
import { textsOf } from './texts-of.ts';

describe('hostsView', () => {
  const hosts = [
    aHost('is-1', { role: 'identity', products: [aProduct({ unit: 'wso2is.service' })] }),
    aHost('db-proxy-1', { role: 'proxy' }),
  ];
  const environment = anEnvironment('acme', 'prod', []);

  it('lists what the inventory says', () => {
    const { text, blocks } = hostsView({ customer: 'acme', environment, hosts });
    expect(text).toBe('acme/prod: 2 hosts, production');
    expect(textsOf(blocks).slice(7)).toEqual([
      ...['is-1', 'identity', '192.0.2.1:22', 'is (/opt/wso2/wso2is-5.11.0)', 'wso2', 'wso2is.service'],
      ...['db-proxy-1', 'proxy', '192.0.2.1:22', '–', '–', '–'],
    ]);
  });

  it('says how the hosts are reached', () => {
    const headOf = (accessPath: typeof environment.accessPath) =>
      textsOf(hostsView({ customer: 'acme', environment: { ...environment, accessPath }, hosts }).blocks)[0];
    const vpn = { kind: 'wireguard', interface: 'wg-acme', maxHandshakeAgeSeconds: 180 } as const;
    expect(headOf({ bastions: [], allowedSources: [] })).toContain('reached directly');
    expect(headOf({ bastions: [anEndpoint('b1')], vpn, allowedSources: [] })).toContain(
      'reached through the VPN `wg-acme`, then `b1`',
    );
  });

  it('fits with many hosts and long names', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      aHost(`${'h'.repeat(300)}${index}`, { role: 'r'.repeat(300) }),
    );
    const message = hostsView({ customer: 'acme', environment, hosts: many });
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(textsOf(message.blocks).at(-1)).toMatch(/^\d+ more found no room here/);
  });
});
