import type { HealthPlan, ProductPlan } from './host-plan.ts';

type ProductNumbers = Pick<ProductPlan, 'pid' | 'heapMaxMiB' | 'oldGenUsed'>;

const GATEWAY_HEALTH: HealthPlan = {
  name: 'gateway',
  url: 'https://localhost:9443/api/am/gateway/v2/server-startup-healthcheck',
  healthy: { status: 200, body: '' },
  unhealthy: { status: 500, body: '' },
};

const IDENTITY_HEALTH: HealthPlan = {
  name: 'identity',
  url: 'https://localhost:9443/api/health-check/v1.0/health',
  healthy: { status: 200, body: '{"health":[{"key":"PRIMARY.userstore.health","value":"healthy"}]}' },
  unhealthy: {
    status: 503,
    body: '{"errors":[{"code":"HC_00003","message":"Error while checking the user store: PRIMARY"}]}',
  },
};

const INTEGRATOR_HEALTH: HealthPlan = {
  name: 'ready',
  url: 'http://localhost:9201/healthz',
  healthy: { status: 200, body: '{"version":"4.4.0", "update_level":"12", "status" : "ready"}' },
  unhealthy: {
    status: 500,
    body: '{"version":"4.4.0", "status": "not ready, faulty CAPPs detected", "Faulty CAPPs" : ["Payments_1.2.0.car"]}',
  },
};

export function apiManager(numbers: ProductNumbers): ProductPlan {
  return product({ name: 'apim', home: '/opt/wso2/wso2am-4.3.0', health: GATEWAY_HEALTH, ...numbers });
}

export function identityServer(numbers: ProductNumbers): ProductPlan {
  return product({ name: 'is', home: '/opt/wso2/wso2is-5.11.0', health: IDENTITY_HEALTH, ...numbers });
}

export function microIntegrator(numbers: ProductNumbers): ProductPlan {
  return product({ name: 'mi', home: '/opt/wso2/wso2mi-4.4.0', health: INTEGRATOR_HEALTH, ...numbers });
}

function product(plan: Omit<ProductPlan, 'serviceUser'>): ProductPlan {
  return { serviceUser: 'wso2', ...plan };
}
