import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import type { Product } from '../../src/domain/inventory.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createProductControl } from '../../src/services/products/product-control.ts';
import { createProductPlanService } from '../../src/services/products/product-plan-service.ts';
import { createProductRevert } from '../../src/services/products/product-revert.ts';
import { createProductUpdate } from '../../src/services/products/product-update.ts';
import { createDetachedJobs } from '../../src/services/rollouts/detached-jobs.ts';
import type { ChangeTarget, HostChange, StepEnd } from '../../src/services/rollouts/host-change.ts';
import { until } from '../support/until.ts';
import { exec, heal, shell } from './fleet.ts';
import { environmentOf, PRODUCT } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

const HOST = 'a2';
const HOME = PRODUCT.home;
/** What a shell, `ps` and a log would each mishandle in their own way. */
const MARK = 'k3yw0rd-7';
const PASSWORD = `pa$$ "w'rd" ${MARK}`;
const { unit: _unit, ...withoutUnit } = PRODUCT;
const BY_SCRIPT: Product = withoutUnit;

let executor: SshExecutor;
beforeAll(async () => {
  executor = openExecutor();
  await shell(HOST, `cp -a ${HOME}/updates/config.json /tmp/config.json`);
});
afterAll(async () => {
  executor.close();
  await restore();
  await exec(HOST, 'systemctl', 'start', 'wso2is');
  await heal(HOST);
});
beforeEach(restore);

/** The pack as it was installed. */
async function restore(): Promise<void> {
  await shell(
    HOST,
    `cp -a /tmp/config.json ${HOME}/updates/config.json
     rm -rf /home/wso2/update-tool /home/wso2/.wso2-updates ${HOME}/repository/deployment /home/ops/.msops
     runuser -u wso2 -- mkdir -p /home/wso2/update-tool`,
  );
}

const environment = environmentOf('acme', [HOST]);
const targetWith = (product: Product) => {
  const host = { ...environment.hosts[0]!, products: [product] };
  return { environment: { ...environment, hosts: [host] }, host };
};
const never = new AbortController().signal;
const control = () => createProductControl({ executor, clock: systemClock, logger: silentLogger });
const serversOf = () => shell(HOST, `pgrep -f '[-]Dcarbon.home=${HOME}' || :`);

function deps() {
  return {
    executor,
    jobs: createDetachedJobs({ executor, clock: systemClock }),
    control: control(),
    credentials: { username: new Secret('ops@acme.example'), password: new Secret(PASSWORD) },
    logger: silentLogger,
  };
}

describe.each([
  ['its unit', PRODUCT],
  ['its script', BY_SCRIPT],
])('a real JVM by %s', (_by, product) => {
  const target = targetWith(product);

  it('stops until it is gone, starts until its log says so, and both may be asked twice', async () => {
    await control().start(target, product, never);
    const [before] = (await serversOf()).split('\n');
    expect(before).toMatch(/^\d+$/);
    expect(await control().stop(target, product, never)).toEqual({ ok: true, note: 'is has stopped' });
    expect(await serversOf()).toBe('');
    expect(await control().stop(target, product, never)).toEqual({ ok: true, note: 'is was not running' });
    expect(await control().start(target, product, never)).toEqual({ ok: true, note: 'is has started' });
    expect(await control().start(target, product, never)).toEqual({ ok: true, note: 'is was running already' });
    expect(await serversOf()).not.toBe(before);
    expect(await shell(HOST, `tail -n 1 ${HOME}/repository/logs/wso2carbon.log`)).toContain('started in');
  });

  it('is not started over a pid file that names a stranger', async () => {
    await control().stop(target, product, never);
    const stranger = await shell(
      HOST,
      `setsid runuser -u wso2 -- sleep 987 >/dev/null 2>&1 & sleep 0.3; pgrep -x sleep -u wso2 | head -n 1 | tee ${HOME}/wso2carbon.pid`,
    );
    const end = await control().start(target, product, never);
    expect(end).toMatchObject({ ok: false, reason: expect.stringContaining(`names pid ${stranger.trim()}`) });
    expect(await serversOf()).toBe('');
    await shell(HOST, `kill ${stranger}; rm -f ${HOME}/wso2carbon.pid`);
    expect((await control().start(target, product, never)).ok).toBe(true);
  });

  it('is told as started and gone when its JVM ends at once', async () => {
    await control().stop(target, product, never);
    await shell(
      HOST,
      `cp -a ${HOME}/repository/conf/jvm.options /tmp/; echo -XX:NoSuchOption >>${HOME}/repository/conf/jvm.options`,
    );
    const end = await control().start(target, product, never);
    await shell(HOST, `cp -a /tmp/jvm.options ${HOME}/repository/conf/`);
    expect(end).toMatchObject({ ok: false, reason: expect.stringContaining('started and gone') });
    await shell(HOST, 'systemctl reset-failed wso2is || :');
    expect((await control().start(target, product, never)).ok).toBe(true);
  });
});

describe('update of a real pack', () => {
  const target = targetWith(PRODUCT);
  const selection = { environment: target.environment, hosts: [target.host] };

  async function planned(change: HostChange, level?: number, rolloutId = `r${Date.now()}`): Promise<ChangeTarget> {
    const plan = await change.plan({ product: 'is', level, of: 'r0' }, selection);
    expect(plan.problems).toEqual([]);
    return { ...target, rolloutId, work: plan.hosts[0]?.work };
  }

  async function run(change: HostChange, at: ChangeTarget): Promise<readonly StepEnd[]> {
    const ends: StepEnd[] = [];
    for (const step of change.steps(at)) {
      const end = await step.run(at, never);
      ends.push(end);
      if (!end.ok) {
        break;
      }
    }
    return ends;
  }

  const codes = (...list: readonly number[]) =>
    shell(
      HOST,
      `printf '%s\\n' ${list.join(' ')} >/home/wso2/update-tool/codes; chown wso2: /home/wso2/update-tool/codes`,
    );
  const level = () => shell(HOST, `sed -n 's/.*"update-level": "\\(.*\\)".*/\\1/p' ${HOME}/updates/config.json`);
  const runs = () => shell(HOST, 'cat /home/wso2/update-tool/runs');

  it('is planned without touching anything', async () => {
    const look = () =>
      shell(HOST, `find ${HOME}/ /home/wso2 ! -path '*/logs/*' -printf '%p %T@ %s\\n' | sort | sha256sum`);
    const before = await look();
    const [plan] = await createProductPlanService({ executor, logger: silentLogger }).plan(
      { ...selection, product: 'is', updateLevel: 9 },
      () => {},
    );
    expect(plan).toMatchObject({
      level: 'ok',
      sample: {
        product: 'wso2is-5.11.0',
        updates: { level: 5 },
        tool: { kind: 'binary' },
        running: true,
        hotfixes: [],
        gaps: [],
      },
    });
    expect(await look()).toBe(before);
  });

  it('reaches the level with the product stopped meanwhile, and no secret in a process list or on the disk', async () => {
    const change = createProductUpdate(deps());
    const at = await planned(change, 9);
    expect(await change.inspect(at)).toMatchObject({ state: 'to_do' });
    await shell(HOST, 'runuser -u wso2 -- touch /home/wso2/update-tool/hold');
    const running = run(change, at);
    await until(
      'the tool runs',
      async () => (await shell(HOST, 'cat /home/wso2/update-tool/login 2>/dev/null || :')) !== '',
      60_000,
    );
    const seen = await shell(HOST, 'ps -eww -o args; cat -A /proc/[0-9]*/cmdline 2>/dev/null | tr "^@" " "');
    const inEnvironment = await shell(HOST, `grep -lF ${MARK} /proc/[0-9]*/environ 2>/dev/null | wc -l`);
    const spooled = await shell(
      HOST,
      `grep -rlF ${MARK} /home/ops /root /tmp /var/tmp /var/log /home/wso2 ${HOME}/ 2>/dev/null || echo nowhere`,
    );
    const inMemory = await shell(HOST, `grep -rlF ${MARK} /dev/shm /run 2>/dev/null || echo nowhere`);
    await shell(HOST, 'rm /home/wso2/update-tool/hold');
    expect((await running).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(seen).toContain('wso2update_linux --level 9');
    expect(Number(inEnvironment)).toBeGreaterThan(0);
    expect(seen).not.toContain(MARK);
    expect([spooled, inMemory]).toEqual(['nowhere', 'nowhere']);
    expect(await shell(HOST, 'cat /home/wso2/update-tool/login')).toContain(
      createHash('sha256').update(`ops@acme.example:${PASSWORD}`).digest('hex'),
    );
    expect(await level()).toBe('9');
    expect(await runs()).toBe('wso2 --level 9');
    expect(await change.inspect(at)).toMatchObject({ state: 'done' });
  });

  it('is run once more when the tool updated itself, and never again for the same rollout', async () => {
    await codes(2, 0);
    const change = createProductUpdate(deps());
    const at = await planned(change, 7);
    expect((await run(change, at)).every(({ ok }) => ok)).toBe(true);
    expect((await run(change, at)).every(({ ok }) => ok)).toBe(true);
    expect(await runs()).toBe('wso2 --level 7\nwso2 --level 7');
  });

  it('leaves the product stopped at conflicts, names them, and a revert brings it back', async () => {
    await codes(3);
    const update = createProductUpdate(deps());
    const ends = await run(update, await planned(update, 8));
    expect(ends[1]).toMatchObject({
      ok: false,
      reason: 'conflicts: repository/deployment/server/jaggeryapps/portal.jag',
    });
    expect(await serversOf()).toBe('');
    const again = await update.plan({ product: 'is', level: 8 }, selection);
    expect(again.problems.map(({ text }) => text).join()).toContain('left 1 conflict');
    const revert = createProductRevert(deps());
    const at = await planned(revert);
    expect((await run(revert, at)).every(({ ok }) => ok)).toBe(true);
    expect(await serversOf()).not.toBe('');
    expect(await revert.inspect(at)).toMatchObject({ state: 'done' });
    expect(await level()).toBe('5');
  });

  it.each([
    [1, 'the update failed (exit code 1)', 'Unable to connect to WSO2 Update'],
    [4, 'reverted what it had done', 'The update has been reverted'],
  ])('starts the product again when the tool ends with %i', async (code, reason, output) => {
    await codes(code);
    const change = createProductUpdate(deps());
    const end = (await run(change, await planned(change, 8))).at(-1);
    expect(end).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason),
      output: expect.stringContaining(output),
    });
    expect(end).toMatchObject({ advice: expect.stringContaining('was started again at update level 5') });
    expect(await serversOf()).not.toBe('');
  });

  it('reverts an update that was good', async () => {
    const update = createProductUpdate(deps());
    await run(update, await planned(update, 6));
    const revert = createProductRevert(deps());
    const at = await planned(revert);
    expect((await run(revert, at)).every(({ ok }) => ok)).toBe(true);
    expect(await level()).toBe('5');
  });
});
