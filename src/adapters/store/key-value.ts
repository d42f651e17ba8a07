import { Keyv, type KeyvStorageAdapter, keyvStorageCapability } from 'keyv';
import { type Expression, sql } from 'kysely';
import type { Store } from './open-store.ts';

type KeyValueStorage = Pick<
  Required<KeyvStorageAdapter>,
  'get' | 'getMany' | 'set' | 'setMany' | 'has' | 'hasMany' | 'delete' | 'deleteMany' | 'clear' | 'iterator'
>;

/**
 * What is remembered for a while, shared by all replicas. An expired value is gone at once, its row at the next clean-up.
 * Never for "only once": Keyv cannot set a key only when it is not there.
 *
 * @returns A Keyv without an `error` listener, so that what fails in the database rejects.
 */
export function createKeyValue<Value>(store: Store, namespace: string): Keyv<Value> {
  const storage = createStorage(store, namespace);
  return new Keyv<Value>({ store: { ...storage, capabilities: keyvStorageCapability(storage) } });
}

function createStorage({ db }: Store, namespace: string): KeyValueStorage {
  const isValid = sql<boolean>`(expires_at is null or expires_at > now())`;
  const valid = () => db.selectFrom('kv').where('namespace', '=', namespace).where(isValid);

  async function getMany(keys: readonly string[]) {
    const rows = await valid().select(['key', 'value']).where('key', '=', anyOf(keys)).execute();
    const values = new Map(rows.map(({ key, value }) => [key, value]));
    return keys.map((key) => values.get(key));
  }

  async function setMany(entries: readonly { key: string; value: unknown; expires?: number | undefined }[]) {
    // The same key twice in one statement is an error; the last one counts.
    const unique = new Map(entries.map((entry) => [entry.key, entry]));
    const rows = [...unique.values()].map(({ key, value, expires }) => ({
      namespace,
      key,
      value: String(value),
      expires_at: expires === undefined ? null : new Date(expires),
    }));
    await db
      .insertInto('kv')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['namespace', 'key']).doUpdateSet((set) => ({
          value: set.ref('excluded.value'),
          expires_at: set.ref('excluded.expires_at'),
        })),
      )
      .execute();
    return entries.map(() => true);
  }

  async function deleteMany(keys: readonly string[]) {
    const rows = await db
      .deleteFrom('kv')
      .where('namespace', '=', namespace)
      .where('key', '=', anyOf(keys))
      .returning([sql<string>`key`.as('key'), isValid.as('was_valid')])
      .execute();
    const deleted = new Set(rows.filter(({ was_valid }) => was_valid).map(({ key }) => key));
    return keys.map((key) => deleted.has(key));
  }

  const hasMany = async (keys: readonly string[]) => (await getMany(keys)).map((value) => value !== undefined);

  return {
    // Keyv hands over and takes back what it encoded: a string, whatever the type says.
    getMany: getMany as KeyValueStorage['getMany'],
    get: (async (key: string) => (await getMany([key]))[0]) as KeyValueStorage['get'],
    setMany,
    set: async (key, value, expires) => (await setMany([{ key, value, expires }])).every(Boolean),
    hasMany,
    has: async (key) => (await hasMany([key])).every(Boolean),
    deleteMany,
    delete: async (key) => (await deleteMany([key])).every(Boolean),
    async clear() {
      await db.deleteFrom('kv').where('namespace', '=', namespace).execute();
    },
    iterator: async function* iterate() {
      for (const { key, value } of await valid().select(['key', 'value']).orderBy('key').execute()) {
        yield [key, value];
      }
    } as KeyValueStorage['iterator'],
  };
}

function anyOf(keys: readonly string[]): Expression<string> {
  return sql<string>`any(${[...keys]}::text[])`;
}
