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

/** `<environment> [--hosts a,b,…]`; hosts may also follow as words. Goes with `HOSTS_OPTION`. */
export const EnvironmentAndHostList = z
  .object({
    words: z.tuple([z.string(ENVIRONMENT_MISSING)], z.string()),
    options: z.object({ hosts: z.string().optional() }),
  })
  .transform(({ words: [environment, ...words], options }) => ({
    environment,
    hosts: [...words, options.hosts ?? ''].flatMap((typed) => typed.split(',')).filter((name) => name.trim() !== ''),
  }));

export const HOSTS_OPTION = { hosts: { type: 'string' } } as const;
