import { z } from 'zod';

const ENVIRONMENT_MISSING = 'Which environment?';

/** `<environment> [host…]` and no options. */
export const EnvironmentAndHosts = z
  .object({ words: z.tuple([z.string(ENVIRONMENT_MISSING)], z.string()) })
  .transform(({ words: [environment, ...hosts] }) => ({ environment, hosts }));

/** `<environment>` alone. */
export const OneEnvironment = z
  .object({
    words: z.tuple([z.string()], {
      error: ({ code }) => (code === 'too_big' ? 'One environment at a time, please.' : ENVIRONMENT_MISSING),
    }),
  })
  .transform(({ words: [environment] }) => ({ environment }));

/** `[--hosts a,b,…]`; hosts may also follow as words. Goes with `readHostList`. */
export const HOSTS_OPTION = { hosts: { type: 'string' } } as const;

/** The words of `<environment> [host…]`. */
export function environmentAndHosts() {
  return z.tuple([z.string(ENVIRONMENT_MISSING)], z.string());
}

/** @param option as typed: `a,b,…`. */
export function readHostList(words: readonly string[], option: string = ''): readonly string[] {
  return [...words, option].flatMap((typed) => typed.split(',')).filter((name) => name.trim() !== '');
}
