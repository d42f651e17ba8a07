import type { HealthEndpoint } from '../domain/inventory.ts';

export const PRODUCT_KINDS = ['apim', 'is', 'mi', 'other'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

interface KnownProduct {
  /** What the product itself adds to its ports; an offset of one's own replaces it. */
  readonly builtInOffset: number;
  health(offset: number): readonly HealthEndpoint[];
}

const ok = (name: string, url: string): HealthEndpoint => ({ name, url, expectedStatus: 200 });

/** Where each product says that it is well. IS has no Version service, and APIM ships without the health-check API. */
const KNOWN_PRODUCTS: Readonly<Record<ProductKind, KnownProduct>> = {
  apim: {
    builtInOffset: 0,
    health: (offset) => [
      ok('version', `http://127.0.0.1:${9763 + offset}/services/Version`),
      ok('gateway', `https://127.0.0.1:${9443 + offset}/api/am/gateway/v2/server-startup-healthcheck`),
    ],
  },
  is: {
    builtInOffset: 0,
    health: (offset) => [ok('health', `https://127.0.0.1:${9443 + offset}/api/health-check/v1.0/health`)],
  },
  mi: {
    builtInOffset: 10,
    health: (offset) => [
      ok('liveness', `http://127.0.0.1:${9191 + offset}/liveness`),
      ok('readiness', `http://127.0.0.1:${9191 + offset}/healthz`),
    ],
  },
  other: { builtInOffset: 0, health: () => [] },
};

/** @param offset As in `deployment.toml`; `undefined`: the product's own. */
export function defaultHealth(kind: ProductKind, offset: number | undefined): readonly HealthEndpoint[] {
  const product = KNOWN_PRODUCTS[kind];
  return product.health(offset ?? product.builtInOffset);
}
