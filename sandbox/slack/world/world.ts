import type {
  Call,
  Channel,
  Delivery,
  Fault,
  FormValues,
  Hook,
  StoredFile,
  StoredMessage,
  StoredView,
  Team,
  Trigger,
  User,
} from './model.ts';

/** Everything that this Slack knows. Open to tests: read it, and push faults. */
export interface World {
  /** Where the app is installed. */
  readonly home: Team;
  readonly bot: { readonly userId: string; readonly botId: string; readonly appId: string; readonly name: string };
  readonly teams: Map<string, Team>;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly messages: StoredMessage[];
  readonly views: Map<string, StoredView>;
  /** By user id: ids of the open modals, the last one on top. */
  readonly stacks: Map<string, string[]>;
  /** By user id. */
  readonly homes: Map<string, StoredView>;
  readonly files: Map<string, StoredFile>;
  readonly triggers: Map<string, Trigger>;
  readonly hooks: Map<string, Hook>;
  /** What a person chose in the elements of a message; the key is `channel/ts/user`. */
  readonly messageValues: Map<string, FormValues>;
  /** What a person was told beside a message, e.g. that the app did not answer; same key. */
  readonly notices: Map<string, string>;
  /** Options that an external select was last given; the key is `user/action_id`. */
  readonly suggestions: Map<string, unknown[]>;
  readonly calls: Call[];
  readonly deliveries: Delivery[];
  readonly faults: Fault[];
  /** Grows with every change that somebody can see. */
  revision(): number;
  changed(): void;
  /** Calls back after every change. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  /** The first one for `F` is `F00000001`. */
  nextId(prefix: string): string;
  /** A message's `ts`: seconds of now and a counter, so that it always grows. */
  nextTs(): string;
}

/** @param parts home team and bot; everything else starts empty */
export function createWorld(parts: Pick<World, 'home' | 'bot'>): World {
  const listeners = new Set<() => void>();
  const counters = new Map<string, number>();
  let revision = 0;
  const count = (name: string): number => {
    const next = (counters.get(name) ?? 0) + 1;
    counters.set(name, next);
    return next;
  };
  return {
    ...parts,
    teams: new Map([[parts.home.id, parts.home]]),
    users: new Map(),
    channels: new Map(),
    messages: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    files: new Map(),
    triggers: new Map(),
    hooks: new Map(),
    messageValues: new Map(),
    notices: new Map(),
    suggestions: new Map(),
    calls: [],
    deliveries: [],
    faults: [],
    revision: () => revision,
    changed() {
      revision += 1;
      for (const listener of listeners) {
        listener();
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nextId: (prefix) => `${prefix}${String(count(prefix)).padStart(8, '0')}`,
    nextTs: () => `${Math.floor(Date.now() / 1000)}.${String(count('ts')).padStart(6, '0')}`,
  };
}
