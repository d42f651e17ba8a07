import { systemClock } from '../../../../src/adapters/clock/system-clock.ts';
import { createDbosEngine } from '../../../../src/adapters/engine/dbos-engine.ts';
import { createApprovalStore } from '../../../../src/adapters/store/approvals.ts';
import { createAuditLog } from '../../../../src/adapters/store/audit-log.ts';
import { createGrantStore } from '../../../../src/adapters/store/grants.ts';
import { createReplicas } from '../../../../src/adapters/store/replicas.ts';
import { toPerson } from '../../../../src/domain/actor.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import type { LinuxAccounts } from '../../../../src/services/linux-accounts/linux-account.ts';
import { aRequest, CAST, createAccessGround, startAccess } from '../../../support/access-world.ts';
import { openTestStore } from '../../../support/postgres.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';

/**
 * One replica as a process of its own, which can be killed. It does what the table `orders` says under its name, and
 * writes what it has done, on the hosts too, into the table `diary`.
 */
const [name = '', databaseUrl = ''] = process.argv.slice(2);
const store = await openTestStore(new Secret(databaseUrl));
const logger = createRecordingLogger();
const diary = (what: string) => store.pool.query('insert into diary (who, what) values ($1, $2)', [name, what]);

const accounts: LinuxAccounts = {
  async make({ host }, { user }) {
    await diary(`make ${user} on ${host.name}`);
    return { ok: true };
  },
  async remove({ host }, { user }) {
    await diary(`remove ${user} on ${host.name}`);
    return { ok: true };
  },
  inspect: async ({ host }) => ({ host: host.name, accounts: [], sudoers: [], gaps: [] }),
};

const replicas = createReplicas({ store, logger, settings: { beatEveryMs: 100, deadAfterMs: 1_000 } });
const engine = createDbosEngine({ store, replicas, logger });
const { service, approvals } = startAccess(createAccessGround(), {
  ...{ engine, accounts, clock: systemClock },
  store: createGrantStore(store),
  approvalStore: createApprovalStore(store),
  audit: createAuditLog(store),
});

const ORDERS: Readonly<Record<string, () => Promise<unknown>>> = {
  request: () => service.request(aRequest(new Date())),
  approve: () => approvals.approve({ id: 'g7kq2m9x-1', actor: CAST.carol }),
  revoke: () => service.end('g7kq2m9x', { why: 'revoked', by: toPerson(CAST.alice), reason: 'stolen' }),
  sweep: () => service.sweep(),
};

async function obey(): Promise<void> {
  const { rows } = await store.pool.query<{ what: string }>('delete from orders where who = $1 returning what', [name]);
  await Promise.all(
    rows.map(async ({ what }) => {
      await ORDERS[what]?.();
      await diary(`did ${what}`);
    }),
  );
}

await replicas.start();
await engine.launch();
await diary('is up');
for (;;) {
  await obey();
  await systemClock.sleep(20);
}
