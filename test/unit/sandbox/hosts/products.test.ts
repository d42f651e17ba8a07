import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import type { Clock } from '../../../../src/domain/clock.ts';
import { toShell } from '../../../../src/domain/remote-command.ts';
import type { RemoteExecutor } from '../../../../src/domain/remote-executor.ts';
import { createProductControl } from '../../../../src/services/products/product-control.ts';
import { createProductPlanService } from '../../../../src/services/products/product-plan-service.ts';
import { aProduct } from '../../../support/builders.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { aHost, anEndpoint, anEnvironment } from '../../../support/world.ts';
import { runOn } from './ssh-client.ts';

const MI = aProduct({ name: 'mi', home: '/opt/wso2/wso2mi-4.4.0' });
const APIM = aProduct({ name: 'apim', home: '/opt/wso2/wso2am-4.3.0', unit: 'wso2am.service' });
/** The services' pauses, shorter. */
const clock: Clock = { now: () => new Date(), sleep: (ms) => delay(ms / 10) };
const HEALTH = "curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:9201/liveness";

describe.runIf(process.platform === 'linux')('products of the sandbox', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-products-'));
  const logger = createRecordingLogger();
  let hosts: RunningHosts;
  const executor: RemoteExecutor = {
    run: async ({ endpoint }, command) => {
      const { stdout, stderr, exit } = await runOn(hosts, endpoint.name, toShell(command));
      return {
        exitCode: typeof exit[0] === 'number' ? exit[0] : null,
        stdout,
        stderr,
        truncated: false,
        durationMs: 1,
      };
    },
  };
  const control = createProductControl({ executor, clock, logger });
  const { signal } = new AbortController();
  const targetOf = (name: string, product: typeof MI) => {
    const host = aHost(name, { ssh: anEndpoint(name, { user: 'ops' }), products: [product] });
    return { host, environment: { ...anEnvironment('acme', 'prod', []), hosts: [host] } };
  };

  beforeAll(async () => {
    hosts = await startHosts({ directory });
  });
  afterAll(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([
    ['mi-1', MI],
    ['apim-1', APIM],
  ])('stop and start on %s as real ones do', async (name, product) => {
    const target = targetOf(name, product);
    expect(await control.stop(target, product, signal)).toMatchObject({
      ok: true,
      note: `${product.name} has stopped`,
    });
    expect((await runOn(hosts, name, `pgrep -f carbon.home; ${HEALTH}`)).stdout).toBe('000');
    expect(hosts.control.host(name).faults()).toEqual(['product stopped']);
    expect(await control.start(target, product, signal)).toMatchObject({
      ok: true,
      note: `${product.name} has started`,
    });
    expect(hosts.control.host(name).faults()).toEqual([]);
  });

  it('show how far they were updated', async () => {
    const target = targetOf('mi-2', MI);
    const service = createProductPlanService({ executor, logger });
    const request = { environment: target.environment, hosts: [target.host], product: 'mi', updateLevel: 12 };
    expect(await service.plan(request, () => {})).toMatchObject([
      { level: 'ok', findings: [], sample: { product: 'wso2mi-4.4.0', updates: { level: 5 }, running: true } },
    ]);
  });
});
