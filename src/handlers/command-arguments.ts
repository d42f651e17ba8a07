import { z } from 'zod';

const environmentMissing = 'Which environment?';

/** `<environment> [host…]` and no options. */
export const EnvironmentAndHosts = z
  .object({ words: z.tuple([z.string(environmentMissing)], z.string()) })
  .transform(({ words: [environment, ...hosts] }) => ({ environment, hosts }));

/** `<environment>` alone. */
export const OneEnvironment = z
  .object({ words: z.tuple([z.string(environmentMissing)], 'One environment at a time, please.') })
  .transform(({ words: [environment] }) => ({ environment }));
