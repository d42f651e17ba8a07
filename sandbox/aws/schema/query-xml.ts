import { AwsError } from '../aws-error.ts';
import type { AwsService } from '../http/aws-request.ts';
import type { Operations } from './operations.ts';
import { elementOf, isList, isMap, KIND, kindOf, membersOf, resolve, type Schema, SIMPLE } from './schema.ts';

const CODES: Readonly<Record<string, string>> = {
  missing: 'MissingAuthenticationToken',
  incomplete: 'IncompleteSignature',
  unknown_key: 'InvalidClientTokenId',
  mismatch: 'SignatureDoesNotMatch',
};

/** A service that takes forms and answers in XML. @param namespace `http://sns.amazonaws.com/doc/2010-03-31/`, with its version. */
export function createQueryService(operations: Operations, namespace: string): AwsService {
  const version = namespace.split('/').at(-2);
  return {
    read({ body, method }) {
      const form = new URLSearchParams(body.toString());
      const operation = form.get('Action') ?? '';
      if (method !== 'POST' || form.get('Version') !== version || !operations.names.includes(operation)) {
        throw new AwsError('InvalidAction', `The action ${operation} is not valid for this endpoint.`, 400);
      }
      return { operation, input: readMembers(form, operations.inputOf(operation), '') };
    },
    serve: (asked, scope) => operations.run(asked, scope, 'ValidationError'),
    answer: ({ operation }, output, requestId) =>
      xml(
        200,
        `<${operation}Response xmlns="${namespace}"><${operation}Result>${toXml(output)}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
      ),
    refuse({ code, message, status }, requestId) {
      const name = CODES[code] ?? code;
      const fault = `<Type>Sender</Type><Code>${escapeXml(name)}</Code><Message>${escapeXml(message)}</Message>`;
      return xml(
        status ?? operations.statusOf(name),
        `<ErrorResponse xmlns="${namespace}"><Error>${fault}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      );
    },
  };
}

function xml(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function readMembers(form: URLSearchParams, schema: Schema, prefix: string): Record<string, unknown> {
  const read = membersOf(schema).map((member) => [
    member.name,
    readValue(form, member.schema, `${prefix}${member.name}`),
  ]);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

function readValue(form: URLSearchParams, schema: Schema, name: string): unknown {
  if (typeof schema !== 'number' && kindOf(schema) === KIND.simple) {
    return readValue(form, resolve(schema[4]), name);
  }
  if (isMap(schema)) {
    const entries = counted(form, `${name}.entry`).map((at) => [
      form.get(`${at}.Name`) ?? form.get(`${at}.key`) ?? '',
      readValue(form, elementOf(schema), `${at}.${form.has(`${at}.Name`) ? 'Value' : 'value'}`),
    ]);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  if (isList(schema)) {
    const places = counted(form, `${name}.member`);
    return places.length > 0 ? places.map((at) => readValue(form, elementOf(schema), at)) : undefined;
  }
  return typeof schema === 'number' ? readSimple(form.get(name), schema) : readMembers(form, schema, `${name}.`);
}

/** `name.1`, `name.2`, … as long as there is something. */
function counted(form: URLSearchParams, name: string): readonly string[] {
  const keys = [...form.keys()].map((key) => new RegExp(`^${name.replaceAll('.', '\\.')}\\.(\\d+)`).exec(key)?.[1]);
  const numbers = new Set(keys.filter((number) => number !== undefined).map(Number));
  return [...numbers].toSorted((a, b) => a - b).map((number) => `${name}.${number}`);
}

function readSimple(value: string | null, schema: number): unknown {
  if (value === null) {
    return undefined;
  }
  return schema === SIMPLE.boolean ? value === 'true' : schema === SIMPLE.number ? Number(value) : value;
}

function toXml(output: unknown): string {
  return Object.entries(output as Record<string, unknown>)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
