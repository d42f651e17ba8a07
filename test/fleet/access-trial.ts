import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { createLinuxAccounts } from '../../src/services/linux-accounts/create-linux-accounts.ts';
import type { AccountEnd, HostAccounts, LinuxAccount } from '../../src/services/linux-accounts/linux-account.ts';
import { exec, heal, installAcl } from './fleet.ts';
import { environmentOf, PRODUCT } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';
import { createPerson, type Said } from './person.ts';

/** Accounts of grants on one host, and the one person who has the key to all of them. */
export interface AccessTrial {
  /** A new one; ends in an hour. */
  account(overrides?: Partial<LinuxAccount>): LinuxAccount;
  make(wanted: LinuxAccount): Promise<AccountEnd>;
  remove(wanted: LinuxAccount): Promise<AccountEnd>;
  inspect(): Promise<HostAccounts>;
  /** Logs in with the key and runs a line of shell. */
  as(wanted: LinuxAccount, command: string, options?: readonly string[]): Promise<Said>;
  openSession(wanted: LinuxAccount): Promise<{ readonly closed: Promise<number | null> }>;
  uidOf(wanted: LinuxAccount): Promise<string>;
  /** Heals the host and takes away every account of this trial. */
  clean(): Promise<void>;
  close(): void;
}

export async function beginAccessTrial(host: string): Promise<AccessTrial> {
  const environment = environmentOf('acme', [host]);
  const target = { environment, host: environment.hosts[0]! };
  const { signal } = new AbortController();
  const executor = openExecutor();
  const accounts = createLinuxAccounts({ executor, clock: systemClock, logger: silentLogger });
  const dana = await createPerson();
  const made: LinuxAccount[] = [];
  let count = 0;
  await installAcl(host);

  return {
    account(overrides = {}) {
      count += 1;
      const grantId = `f${count}${Date.now().toString(36)}`;
      const until = new Date(Date.now() + 3_600_000);
      const named = { grantId, user: `msro-${grantId}`, publicKey: dana.publicKey };
      const wanted: LinuxAccount = { ...named, until, productHomes: [PRODUCT.home], ...overrides };
      made.push(wanted);
      return wanted;
    },
    make: (wanted) => accounts.make(target, wanted, signal),
    remove: (wanted) => accounts.remove(target, wanted, signal),
    inspect: () => accounts.inspect(target),
    as: ({ user }, command, options) => dana.run({ host, user }, command, options),
    openSession: ({ user }) => dana.open({ host, user }),
    uidOf: ({ user }) => exec(host, 'id', '-u', user),
    async clean() {
      await heal(host);
      for (const account of made.splice(0)) {
        await accounts.remove(target, account, signal);
      }
    },
    close() {
      executor.close();
      dana.forget();
    },
  };
}
