import { HopFailure } from '../../src/domain/hop-failure.ts';
import type { AccountEnd, LinuxAccount, LinuxAccounts } from '../../src/services/linux-accounts/linux-account.ts';
import type { HandClock } from './hand-clock.ts';

/** Hosts that remember which accounts they have, and may be down. */
export function createAccessHosts(clock: HandClock) {
  const accounts = new Map<string, Map<string, LinuxAccount>>();
  const down = new Set<string>();
  const diary: string[] = [];
  /** Called in the middle of the work on a host, by `make apim-1`. */
  const during: Record<string, (() => Promise<AccountEnd | undefined>) | undefined> = {};

  async function work(what: 'make' | 'remove', host: string, effect: () => void): Promise<AccountEnd> {
    if (down.has(host)) {
      throw new HopFailure({ kind: 'connect_timeout', hop: host, role: 'host' });
    }
    const end = await during[`${what} ${host}`]?.();
    if (end?.ok === false) {
      return end;
    }
    diary.push(`${what} ${host}`);
    effect();
    return { ok: true };
  }
  const on = (host: string) => {
    const found = accounts.get(host) ?? new Map<string, LinuxAccount>();
    accounts.set(host, found);
    return found;
  };
  const service: LinuxAccounts = {
    make: ({ host }, account) => work('make', host.name, () => on(host.name).set(account.user, account)),
    remove: ({ host }, { user }) => work('remove', host.name, () => on(host.name).delete(user)),
    inspect: async ({ host: { name } }) => {
      if (down.has(name)) {
        throw new HopFailure({ kind: 'connect_timeout', hop: name, role: 'host' });
      }
      const found = [...on(name).values()].map(({ user, grantId }, index) => ({
        ...{ user, grantId, uid: 2_000 + index, shell: '/bin/bash', groups: [], endsOn: undefined, keys: [] },
      }));
      return { host: name, accounts: found, sudoers: [], gaps: [] };
    },
  };
  return {
    ...{ service, down, diary, during },
    /** Who could log in now: the hosts let nobody in after the end. */
    canLogIn: (host: string) =>
      [...on(host).values()].filter(({ until }) => clock.now() < until).map(({ user }) => user),
    left: () => [...accounts].flatMap(([host, its]) => [...its.keys()].map((user) => `${user} on ${host}`)),
    untilOn: (host: string) => [...on(host).values()][0]?.until,
  };
}
