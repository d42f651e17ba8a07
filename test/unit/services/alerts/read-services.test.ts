import { describe, expect, it } from 'vitest';
import { readHost } from '../../../../src/services/alerts/read-host.ts';
import { judgeHost } from '../../../../src/services/hosts/judge-host.ts';
import { parseHealth } from '../../../../src/services/hosts/parse-health.ts';
import { aProduct, aProductSample, aReport, aSample } from '../../../support/builders.ts';
import { aHost } from '../../../support/world.ts';

const own = { name: 'carbon', healthy: true, detail: '200' } as const;
const orders = { name: 'orders', healthy: false, detail: '503', owner: 'customer' } as const;
const ofProduct = (overrides = {}) => aSample({ products: [aProductSample({ health: [own, orders], ...overrides })] });
const host = aHost('mi-1', { products: [aProduct()] });
const read = (overrides = {}) =>
  readHost(aReport('mi-1', { sample: ofProduct(overrides) }), host)
    .filter(({ signal }) => signal === 'application' || signal === 'service')
    .map(({ signal, subject, level, owner, text }) => ({ signal, subject, level, owner, text }));

describe("a health check of a customer's service", () => {
  it('is a signal of its own, and says nothing of the product', () => {
    expect(read()).toEqual([
      { signal: 'application', subject: 'is', level: 'ok', owner: undefined, text: 'is is healthy' },
      {
        ...{ signal: 'service', subject: 'is/orders', level: 'critical', owner: 'customer' },
        text: 'is/orders: health check failed (503)',
      },
    ]);
  });

  it('says nothing while the product does not run', () => {
    expect(read({ running: false }).map(({ signal }) => signal)).toEqual(['application']);
  });

  it('is shown in the status of a host that is well for us', () => {
    expect(judgeHost(ofProduct(), host.thresholds)).toEqual({
      level: 'ok',
      findings: [
        {
          ...{ level: 'critical', owner: 'customer' },
          text: "is, a service of the customer's own: health check orders failed: 503",
        },
      ],
    });
  });

  it('keeps whose it is from the configuration to the sample', () => {
    const endpoint = { name: 'orders', url: 'http://localhost/', expectedStatus: 200, owner: 'customer' } as const;
    expect(parseHealth(endpoint, undefined)).toMatchObject({ name: 'orders', owner: 'customer' });
  });
});
