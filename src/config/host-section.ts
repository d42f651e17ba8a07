import * as z from 'zod';
import { quoted } from './config-problem.ts';
import { DrainSection } from './drain-section.ts';
import {
  AbsolutePath,
  Address,
  DisplayName,
  HostKey,
  HostName,
  HttpUrl,
  listOf,
  Name,
  oneOf,
  Port,
  section,
  text,
  UserName,
} from './fields.ts';
import { HoldsSection } from './monitoring-section.ts';
import { PRODUCT_KINDS } from './product-kinds.ts';

export const SshLogin = section({ user: UserName.optional(), port: Port.optional() });

/** A machine that is reached by SSH: a host or a bastion. */
export const SSH_FIELDS = {
  name: HostName,
  address: Address,
  ssh: SshLogin.optional(),
  host_keys: listOf(HostKey),
};

const Percent = z.number().gt(0, 'must be more than 0').max(100, 'must be a percentage, 100 at most');
const LoadPerCore = z.number().gt(0, 'must be more than 0');

function threshold(value: z.ZodNumber) {
  return section({ warning: value, critical: value })
    .refine(({ warning, critical }) => warning < critical, 'warning must be below critical')
    .optional();
}

/** What is left out is that of the environment, of `defaults`, or of msops. */
export const ThresholdsSection = section({
  cpu_busy: threshold(Percent),
  load_per_core: threshold(LoadPerCore),
  memory_used: threshold(Percent),
  disk_used: threshold(Percent),
  inodes_used: threshold(Percent),
  old_gen_used: threshold(Percent),
});
export type ThresholdsSection = z.infer<typeof ThresholdsSection>;

const HealthSection = section({
  name: DisplayName,
  url: HttpUrl,
  expected_status: z.int().min(100, 'must be an HTTP status').max(599, 'must be an HTTP status').default(200),
  ca_file: AbsolutePath.optional(),
  owner: oneOf('owner', ['customer']).optional(),
});

export const ProductSection = section({
  kind: oneOf('kind of product', PRODUCT_KINDS),
  name: DisplayName.optional(),
  home: AbsolutePath,
  service_user: UserName.optional(),
  unit: text(/^[\w@.:-]{1,128}$/, 'the name of a systemd unit').optional(),
  offset: z.int().min(0, 'must be 0 or more').max(50_000, 'must be 50000 at most').optional(),
  health: z.array(HealthSection).optional(),
});
export type ProductSection = z.infer<typeof ProductSection>;

/** Reports and messages call a product by its name, and its JVM is found by its home. */
const ProductList = z.array(ProductSection).superRefine((products, context) => {
  const names = products.map(({ kind, name }) => name ?? kind);
  const homes = products.map(({ home }) => home);
  products.forEach((_product, index) => {
    if (names.indexOf(names[index] ?? '') < index) {
      const message = `the product ${quoted(names[index])} is here twice; give them a \`name\``;
      context.addIssue({ code: 'custom', path: [index], message });
    }
    if (homes.indexOf(homes[index] ?? '') < index) {
      context.addIssue({
        code: 'custom',
        path: [index, 'home'],
        message: 'another product of this host has this home',
      });
    }
  });
});

export const HostSection = section({
  ...SSH_FIELDS,
  role: Name,
  products: ProductList.default([]),
  thresholds: ThresholdsSection.optional(),
  holds: HoldsSection.optional(),
  drain: DrainSection.optional(),
});
export type HostSection = z.infer<typeof HostSection>;

/** What hosts of one role have in common. */
export const RoleSection = section({ thresholds: ThresholdsSection.optional(), holds: HoldsSection.optional() });
