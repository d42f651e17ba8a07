import type { HealthPlan, ProductPlan } from './host-plan.ts';

type ProductNumbers = Pick<
  ProductPlan,
  'pid' | 'heapMaxMiB' | 'oldGenUsed' | 'updateLevel' | 'hotfixes' | 'hasUpdateTool' | 'certificateDays'
>;

/** An API gateway: the platform answers even while APIs are missing on the gateway. */
export function apiManager(numbers: ProductNumbers): ProductPlan {
  return product({
    kind: 'apim',
    home: '/opt/wso2/wso2am-4.3.0',
    pack: 'wso2am-4.3.0',
    unit: 'wso2am.service',
    updateLevel: 31,
    health: [
      always('http://127.0.0.1:9763/services/Version', '<return>WSO2 API Manager-4.3.0</return>'),
      {
        url: 'https://127.0.0.1:9443/api/am/gateway/v2/server-startup-healthcheck',
        healthy: { status: 200, body: '' },
        unhealthy: { status: 500, body: '' },
      },
    ],
    ...numbers,
  });
}

export function identityServer(numbers: ProductNumbers): ProductPlan {
  return product({
    kind: 'is',
    home: '/opt/wso2/wso2is-5.11.0',
    pack: 'wso2is-5.11.0',
    updateLevel: 214,
    health: [
      {
        url: 'https://127.0.0.1:9443/api/health-check/v1.0/health',
        healthy: { status: 200, body: '{"health":[{"key":"PRIMARY.userstore.health","value":"healthy"}]}' },
        unhealthy: {
          status: 503,
          body: '{"errors":[{"code":"HC_00003","message":"Error while checking the user store: PRIMARY"}]}',
        },
      },
    ],
    ...numbers,
  });
}

/** An integrator that lives with a faulty application says that it is started, and not ready. */
export function microIntegrator(numbers: ProductNumbers): ProductPlan {
  return product({
    kind: 'mi',
    home: '/opt/wso2/wso2mi-4.4.0',
    pack: 'wso2mi-4.4.0',
    updateLevel: 5,
    health: [
      always('http://127.0.0.1:9201/liveness', '{"server" : "started"}'),
      {
        url: 'http://127.0.0.1:9201/healthz',
        healthy: { status: 200, body: '{"version":"4.4.0", "update_level":"12", "status" : "ready"}' },
        unhealthy: {
          status: 500,
          body: '{"version":"4.4.0", "status": "not ready, faulty CAPPs detected", "Faulty CAPPs" : ["Pay_1.2.0.car"]}',
        },
      },
    ],
    ...numbers,
  });
}

function always(url: string, body: string): HealthPlan {
  const answer = { status: 200, body };
  return { url, healthy: answer, unhealthy: answer };
}

function product(plan: Omit<ProductPlan, 'serviceUser'>): ProductPlan {
  return { serviceUser: 'wso2', ...plan };
}
