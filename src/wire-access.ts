import { ownPublicKeys } from './adapters/ssh/own-keys.ts';
import { createGrantStore } from './adapters/store/grants.ts';
import type { Env } from './config/env.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { createAccessCards } from './services/access/access-cards.ts';
import type { AccessService } from './services/access/access-service.ts';
import { createAccessService } from './services/access/create-access-service.ts';
import { createGrantedRoles, type GrantedRoles } from './services/access/granted-roles.ts';
import { withGrantedRoles } from './services/access/with-granted-roles.ts';
import type { InventoryConfig } from './services/inventory/inventory-config.ts';
import { createLinuxAccounts } from './services/linux-accounts/create-linux-accounts.ts';
import { findDrift } from './services/linux-accounts/find-drift.ts';
import { accessWords } from './views/access-words.ts';

/** How long a host may be away before its account counts as failed; it is tried again at the end of the grant. */
const PATIENCE_MS = 60_000;

/** The roles that people have for a while, on top of those of the configuration. */
export interface Granted {
  readonly roles: GrantedRoles;
  config(): InventoryConfig;
}

export function wireGranted({ store, config, clock, logger }: Outside): Granted {
  const roles = createGrantedRoles({ store: createGrantStore(store), logger });
  return { roles, config: () => withGrantedRoles(config.current(), roles.current(), clock.now()) };
}

export function wireAccess(
  outside: Outside,
  { inventory, audit, approvals }: Pick<Services, 'inventory' | 'approvals'> & { readonly audit: AccessAudit },
  { granted, ssh }: { readonly granted: Granted } & Pick<Env, 'ssh'>,
): AccessService {
  const { store: database, engine, outbox, executor, clock, logger } = outside;
  const store = createGrantStore(database);
  const { config } = granted;
  return createAccessService({
    ...{ store, approvals, engine, audit, clock, logger, config },
    accounts: createLinuxAccounts({ executor, clock, logger }),
    cards: createAccessCards({ store, approvals, outbox, words: accessWords, clock, config }),
    directory: inventory,
    ownKeys: () => ownPublicKeys(ssh),
    compare: findDrift,
    patienceMs: PATIENCE_MS,
  });
}

type AccessAudit = Parameters<typeof createAccessService>[0]['audit'];
