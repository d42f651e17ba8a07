/**
 * The schemas that the SDK's clients export for themselves (`GetAccount$`, …), as plain data:
 * `[kind, namespace, name, traits, …]`. Numbers stand for simple types.
 */
export type Schema = number | readonly unknown[];

/** Of the first place in a schema. */
export const KIND = { simple: 0, list: 1, map: 2, structure: 3, union: 4, operation: 9, error: -3 } as const;
/** Of a number that is a schema itself. */
export const SIMPLE = { text: 0, number: 1, boolean: 2, timestamp: 4, document: 15, blob: 21 } as const;
/** Added to the number of a simple type: a list of it, a map of it. */
const LIST_OF = 64;
const MAP_OF = 128;

export interface Member {
  readonly name: string;
  readonly schema: Schema;
  readonly traits: Traits;
  readonly isRequired: boolean;
}

export interface Traits {
  /** In the path. */
  readonly httpLabel?: unknown;
  /** Name in the query. */
  readonly httpQuery?: unknown;
  readonly httpError?: unknown;
  /** Method, path, status. */
  readonly http?: readonly [string, string, number];
  /** Code and status of the Query protocol. */
  readonly awsQueryError?: readonly [string, number];
}

/** Follows functions and `[schema, traits]` pairs down to the schema itself. */
export function resolve(reference: unknown): Schema {
  if (typeof reference === 'function') {
    return resolve((reference as () => unknown)());
  }
  if (Array.isArray(reference) && typeof reference[0] !== 'number') {
    return resolve(reference[0]);
  }
  // A pair with a simple type in it: `[0, { httpQuery: 'PageSize' }]`.
  return Array.isArray(reference) && reference.length === 2 ? (reference[0] as number) : (reference as Schema);
}

export function kindOf(schema: Schema): number | undefined {
  return typeof schema === 'number' ? undefined : (schema[0] as number);
}

export function nameOf(schema: Schema): string {
  return typeof schema === 'number' ? `simple type ${schema}` : String(schema[2]);
}

export function membersOf(schema: Schema): readonly Member[] {
  const [names = [], schemas = [], required = 0] = (schema as readonly unknown[]).slice(4) as [
    string[],
    unknown[],
    number,
  ];
  return names.map((name, index) => ({
    name,
    schema: resolve(schemas[index]),
    traits: traitsOf(schemas[index]),
    isRequired: index < required,
  }));
}

/** What a list or a map holds. */
export function elementOf(schema: Schema): Schema {
  if (typeof schema === 'number') {
    return schema >= MAP_OF ? schema - MAP_OF : schema - LIST_OF;
  }
  return resolve(kindOf(schema) === KIND.map ? schema[5] : schema[4]);
}

export function isList(schema: Schema): boolean {
  return typeof schema === 'number' ? schema >= LIST_OF && schema < MAP_OF : kindOf(schema) === KIND.list;
}

export function isMap(schema: Schema): boolean {
  return typeof schema === 'number' ? schema >= MAP_OF : kindOf(schema) === KIND.map;
}

/** Of a whole schema: operation or error. */
export function ownTraits(schema: Schema): Traits {
  return toTraits((schema as readonly unknown[])[3]);
}

function traitsOf(reference: unknown): Traits {
  return Array.isArray(reference) && reference.length === 2 ? toTraits(reference[1]) : {};
}

/** A number is a set of flags, of which the first says: in the path. */
function toTraits(traits: unknown): Traits {
  return typeof traits === 'number' ? ((traits & 1) === 1 ? { httpLabel: 1 } : {}) : ((traits ?? {}) as Traits);
}
