import * as z from 'zod';

const Text = z.string().optional().catch(undefined);
const Texts = listOf(Text);

function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).catch([]);
}

function part<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape);
  return object.catch(() => object.parse({}));
}

/** Anything else is read as no words at all. */
const WordOrWords = z.union([z.string(), Texts]);

const DrainPart = part({
  haproxy: part({ via: Text, socket: Text, address: Text, servers: Texts }),
  command: part({ via: Text }),
});

const HostPart = part({
  name: Text,
  role: Text,
  address: Text,
  ssh: part({ port: z.number().optional().catch(undefined) }),
  drain: DrainPart,
});

/** Roles of hosts, each with how many of them have to stay in service. */
const RolloutPart = part({ keep_running: z.record(z.string(), z.unknown()).catch({}) });

const NoticePart = part({ email: Texts, sms: Texts, webhook: Texts });

/** `off`, `false`, or settings. */
const MonitoringPart = z
  .union([
    z.string(),
    z.boolean(),
    z.looseObject({
      off: z.boolean().optional().catch(undefined),
      notices: z.array(NoticePart).optional().catch(undefined),
    }),
  ])
  .optional()
  .catch(undefined);

const ReceiversPart = z
  .object({
    mail: z.unknown().optional(),
    phones: z.unknown().optional(),
    webhooks: listOf(part({ name: Text })),
  })
  .optional()
  .catch(undefined);

const EnvironmentPart = part({
  name: Text,
  production: z.boolean().optional().catch(undefined),
  access: part({ bastions: Texts }),
  rollout: RolloutPart,
  monitoring: MonitoringPart,
  roles: z.record(z.string(), z.unknown()).catch({}),
  hosts: listOf(HostPart),
});

const CustomerPart = part({
  id: Text,
  slack_team: Text,
  channels: part({ ops: Texts, shared: Texts }),
  bastions: listOf(HostPart),
  receivers: ReceiversPart,
  tokens: part({ metrics: Text, alerts: Text }),
  environments: listOf(EnvironmentPart),
});

const PolicyPart = part({
  name: Text,
  environments: WordOrWords,
  changes: Texts,
  requested_by: Texts,
  // A count that the schema refuses is not counted with: it may be huge.
  approved_by: listOf(part({ role: Text, count: z.int().min(1).max(100).catch(1), team: z.string().catch('any') })),
  break_glass: part({ roles: Texts }),
});

/**
 * Names and references of the file, as far as they can be read. References are checked on this, so that they are
 * reported in the same go as everything else that is wrong. It takes anything and never fails.
 */
export const Skeleton = part({
  home_team: Text,
  roles: z.record(z.string(), Texts).catch({}),
  people: z.record(z.string(), part({ id: Text, also: Texts })).catch({}),
  assignments: listOf(part({ person: Text, role: Text, customers: WordOrWords })),
  defaults: part({
    rollout: RolloutPart,
    monitoring: part({ notices: z.array(NoticePart).optional().catch(undefined) }),
  }),
  approval_policies: listOf(PolicyPart),
  customers: listOf(CustomerPart),
});
export type Skeleton = z.infer<typeof Skeleton>;
export type SkeletonCustomer = z.infer<typeof CustomerPart>;
export type SkeletonNotice = z.infer<typeof NoticePart>;
export type SkeletonPolicy = z.infer<typeof PolicyPart>;
