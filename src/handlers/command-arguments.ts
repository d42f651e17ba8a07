import { z } from 'zod';

const ENVIRONMENT_MISSING = 'Which environment?';
const ONE_AT_A_TIME = 'One environment at a time, please.';

/** `<environment> [host…]` and no options. */
export const EnvironmentAndHosts = z
  .object({ words: environmentAndHosts() })
  .transform(({ words: [environment, ...hosts] }) => ({ environment, hosts }));

/** `<environment>` alone. */
export const OneEnvironment = z
  .object({ words: oneEnvironment() })
  .transform(({ words: [environment] }) => ({ environment }));

/** `[environment]` alone. Goes with `selectOrReach`. */
export const MaybeEnvironment = z
  .object({ words: z.array(z.string()).max(1, ONE_AT_A_TIME) })
  .transform(({ words: [environment] }) => ({ environment }));

/** `[--hosts a,b,…]`; hosts may also follow as words. Goes with `readHostList`. */
export const HOSTS_OPTION = { hosts: { type: 'string' } } as const;

/** The words of `<environment>` alone. */
export function oneEnvironment() {
  return z.tuple([z.string()], {
    error: ({ code }) => (code === 'too_big' ? ONE_AT_A_TIME : ENVIRONMENT_MISSING),
  });
}

/** The words of `<environment> [host…]`. */
export function environmentAndHosts() {
  return z.tuple([z.string(ENVIRONMENT_MISSING)], z.string());
}

/** @param option as typed: `a,b,…`. */
export function readHostList(words: readonly string[], option: string = ''): readonly string[] {
  return [...words, option].flatMap((typed) => typed.split(',')).filter((name) => name.trim() !== '');
}
