import { DEFAULT_ROLLOUT, type Environment, type Host, type Product } from '../../src/domain/inventory.ts';
import { endpointOf, pathTo } from './fleet.ts';

/** Plays a WSO2 product on every a and b host; `wso2` runs it. */
export const PRODUCT: Product = {
  name: 'is',
  home: '/opt/wso2/wso2is',
  serviceUser: 'wso2',
  unit: 'wso2is.service',
  health: [
    { name: 'console', url: 'http://127.0.0.1:9763/carbon/admin/login.jsp', expectedStatus: 200 },
    { name: 'health', url: 'http://127.0.0.1:9763/api/health-check/v1.0/health', expectedStatus: 200 },
  ],
};

/** The host as the bot's inventory has it. Cores and memory are the machine's, which has other work: they judge nothing. */
export function hostOf(name: string, products: readonly Product[] = [PRODUCT]): Host {
  return {
    name,
    role: 'identity',
    ssh: endpointOf(name),
    products,
    thresholds: {
      cpuBusy: { warning: 101, critical: 102 },
      loadPerCore: { warning: 500, critical: 1000 },
      memoryUsed: { warning: 101, critical: 102 },
      diskUsed: { warning: 80, critical: 90 },
      inodesUsed: { warning: 80, critical: 90 },
      oldGenUsed: { warning: 80, critical: 90 },
    },
  };
}

/** An environment of hosts that share one way in. */
export function environmentOf(customer: string, names: readonly string[], products?: readonly Product[]): Environment {
  return {
    customer,
    name: 'prod',
    production: true,
    timeZone: 'Etc/UTC',
    accessPath: pathTo(names[0] ?? ''),
    rollout: DEFAULT_ROLLOUT,
    hosts: names.map((name) => hostOf(name, products)),
  };
}
