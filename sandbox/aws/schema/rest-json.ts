import { AwsError } from '../aws-error.ts';
import type { Asked, AwsRequest, AwsService } from '../http/aws-request.ts';
import type { Operations } from './operations.ts';
import { isList, type Member, membersOf, ownTraits } from './schema.ts';

/** What a wrong signature is called in this protocol. */
const CODES: Readonly<Record<string, string>> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  unknown_key: 'UnrecognizedClientException',
  mismatch: 'InvalidSignatureException',
};

/** A service that speaks REST with JSON: paths, statuses and names in the query come from the SDK's schemas. */
export function createRestJsonService(operations: Operations): AwsService {
  return {
    read: (request) => readRest(request, operations),
    serve: (asked, scope) => operations.run(asked, scope, 'BadRequestException'),
    answer: ({ operation }, output, requestId) => ({
      status: ownTraits(operations.schemaOf(operation)).http?.[2] ?? 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
      body: JSON.stringify(output),
    }),
    refuse({ code, message, status }, requestId) {
      const name = CODES[code] ?? code;
      return {
        status: status ?? operations.statusOf(name),
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': name, 'x-amzn-requestid': requestId },
        body: JSON.stringify({ message }),
      };
    },
  };
}

function readRest(request: AwsRequest, operations: Operations): Asked {
  for (const operation of operations.names) {
    const [method, template] = ownTraits(operations.schemaOf(operation)).http ?? [];
    const labels = method === request.method ? matchPath(template ?? '', request.path) : undefined;
    if (labels !== undefined) {
      const members = membersOf(operations.inputOf(operation));
      return { operation, input: { ...readBody(request), ...readQuery(request, members), ...labels } };
    }
  }
  throw new AwsError('UnknownOperationException', `${request.method} ${request.path} is not known here.`, 404);
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  const fits = (piece: string, index: number) => piece.startsWith('{') || piece === given[index];
  if (wanted.length !== given.length || !wanted.every(fits)) {
    return undefined;
  }
  const labels = wanted
    .map((piece, index) => [piece, given[index] ?? ''] as const)
    .filter(([piece]) => piece.startsWith('{'));
  return Object.fromEntries(labels.map(([piece, value]) => [piece.slice(1, -1), decodeURIComponent(value)]));
}

function readQuery({ query }: AwsRequest, members: readonly Member[]): Record<string, unknown> {
  const given = members.filter(({ traits }) => typeof traits.httpQuery === 'string' && query.has(traits.httpQuery));
  return Object.fromEntries(
    given.map(({ name, schema, traits }) => {
      const values = query.getAll(String(traits.httpQuery));
      return [name, isList(schema) ? values : schema === 0 ? values[0] : Number(values[0])];
    }),
  );
}

function readBody({ body }: AwsRequest): Record<string, unknown> {
  try {
    return body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>);
  } catch {
    throw new AwsError('SerializationException', 'The body is no JSON.', 400);
  }
}
