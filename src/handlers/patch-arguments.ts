import { z } from 'zod';
import { LONGEST_REASON } from '../domain/reason.ts';
import { environmentAndHosts, HOSTS_OPTION, readHostList } from './command-arguments.ts';

const Level = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'An update level is a number, such as `--level 12`.')
  .transform(Number);

const PRODUCT = { hosts: z.string().optional(), product: z.string().min(1).optional(), level: Level.optional() };

const LEVEL_OF_WHAT = 'Which product is to reach that level? Say `--product NAME` too.';

/** `<environment> [--hosts a,b,…] [--product NAME [--level N]]`. Goes with `PLAN_OPTIONS`. */
export const PlanArguments = z
  .object({ words: environmentAndHosts(), options: z.object(PRODUCT) })
  .refine(({ options }) => options.level === undefined || options.product !== undefined, LEVEL_OF_WHAT)
  .transform(({ words: [environment, ...words], options: { hosts, ...options } }) => ({
    ...options,
    environment,
    hosts: readHostList(words, hosts),
  }));

export const PLAN_OPTIONS = { ...HOSTS_OPTION, product: { type: 'string' }, level: { type: 'string' } } as const;

const REASON = z.string().max(LONGEST_REASON, `A reason has ${LONGEST_REASON} characters at most.`).optional();

/** Of packages, or of a product: `[--security] [--refresh] [--repair]`, or `--product NAME --level N`. Goes with `APPLY_OPTIONS`. */
export const ApplyArguments = z
  .object({
    words: environmentAndHosts(),
    options: z.object({
      ...PRODUCT,
      security: z.boolean().default(false),
      refresh: z.boolean().default(false),
      repair: z.boolean().default(false),
      at: z.string().optional(),
      reason: REASON,
    }),
  })
  .refine(({ options }) => options.level === undefined || options.product !== undefined, LEVEL_OF_WHAT)
  .refine(
    ({ options }) => options.product === undefined || options.level !== undefined,
    'To which update level? Say `--level N` too; `patch plan` with `--product` shows where each host stands.',
  )
  .refine(
    ({ options: { product, security, refresh, repair } }) => product === undefined || !(security || refresh || repair),
    '`--security`, `--refresh` and `--repair` are about packages of the system, not about a product.',
  )
  .transform(({ words: [environment, ...words], options: { hosts, ...options } }) => ({
    ...options,
    environment,
    hosts: readHostList(words, hosts),
  }));

export const APPLY_OPTIONS = {
  ...PLAN_OPTIONS,
  security: { type: 'boolean' },
  refresh: { type: 'boolean' },
  repair: { type: 'boolean' },
  at: { type: 'string' },
  reason: { type: 'string' },
} as const;
