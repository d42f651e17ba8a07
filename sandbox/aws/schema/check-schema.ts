import { elementOf, isList, isMap, KIND, kindOf, membersOf, nameOf, resolve, type Schema, SIMPLE } from './schema.ts';

/**
 * What does not fit, one sentence each; empty when all of it does. The SDK's own schemas are the measure, so the local AWS
 * cannot drift away from what the real clients send and understand.
 */
export function schemaProblems(value: unknown, schema: Schema, path = ''): readonly string[] {
  if (typeof schema !== 'number' && kindOf(schema) === KIND.simple) {
    return schemaProblems(value, resolve(schema[4]), path);
  }
  if (isList(schema)) {
    return Array.isArray(value)
      ? value.flatMap((one, index) => schemaProblems(one, elementOf(schema), `${path}.${index}`))
      : [says(path, 'a list', value)];
  }
  if (isMap(schema)) {
    return isRecord(value)
      ? Object.entries(value).flatMap(([key, one]) => schemaProblems(one, elementOf(schema), `${path}.${key}`))
      : [says(path, 'a map', value)];
  }
  return typeof schema === 'number' ? simpleProblems(value, schema, path) : structureProblems(value, schema, path);
}

function structureProblems(value: unknown, schema: Schema, path: string): readonly string[] {
  if (!isRecord(value)) {
    return [says(path, nameOf(schema), value)];
  }
  const members = membersOf(schema);
  const unknown = Object.keys(value).filter((key) => !members.some(({ name }) => name === key));
  const missing = members.filter(({ name, isRequired }) => isRequired && value[name] === undefined);
  const given = members.filter(({ name }) => value[name] !== undefined && value[name] !== null);
  const isTooMuch = kindOf(schema) === KIND.union && given.length !== 1;
  return [
    ...unknown.map((key) => `${path}.${key} is not a member of ${nameOf(schema)}`),
    ...missing.map(({ name }) => `${path}.${name} is required in ${nameOf(schema)}`),
    ...(isTooMuch ? [`${path} must have exactly one member of ${nameOf(schema)}`] : []),
    ...given.flatMap((member) => schemaProblems(value[member.name], member.schema, `${path}.${member.name}`)),
  ];
}

function simpleProblems(value: unknown, schema: number, path: string): readonly string[] {
  const rules: Readonly<Record<number, readonly [string, boolean]>> = {
    [SIMPLE.text]: ['text', typeof value === 'string'],
    [SIMPLE.number]: ['a number', typeof value === 'number' && Number.isFinite(value)],
    [SIMPLE.boolean]: ['true or false', typeof value === 'boolean'],
    [SIMPLE.timestamp]: ['seconds since 1970', typeof value === 'number' && Number.isFinite(value)],
    [SIMPLE.blob]: [
      'base64',
      typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0,
    ],
  };
  const [wanted, fits] = rules[schema] ?? ['something', true];
  return fits ? [] : [says(path, wanted, value)];
}

function says(path: string, wanted: string, value: unknown): string {
  return `${path || 'the value'} must be ${wanted}, not ${value === null ? 'null' : typeof value}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
