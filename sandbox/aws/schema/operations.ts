import { AwsError } from '../aws-error.ts';
import type { Asked, Scope } from '../http/aws-request.ts';
import { schemaProblems } from './check-schema.ts';
import { KIND, kindOf, nameOf, ownTraits, resolve, type Schema } from './schema.ts';

/** Serves one operation. Input and output are checked before and after it. @throws {AwsError} */
// biome-ignore lint/suspicious/noExplicitAny: what an input is, its schema says.
export type Operation = (input: any, scope: Pick<Scope, 'region'>) => unknown;

/** What a service can do, by the name of the operation, measured by the schemas that a client of the SDK exports. */
export interface Operations {
  readonly names: readonly string[];
  schemaOf(operation: string): Schema;
  inputOf(operation: string): Schema;
  /** @param invalid Code of the answer to an input that does not fit. */
  run(asked: Asked, scope: Scope, invalid: string): Promise<unknown>;
  /** HTTP status of an error, as the SDK knows it; 400 when it does not. */
  statusOf(code: string): number;
}

/** @param client The module: `await import('@aws-sdk/client-sesv2')`. */
export function createOperations(client: object, served: Readonly<Record<string, Operation>>): Operations {
  const schemas = client as Readonly<Record<string, unknown>>;
  const schemaOf = (operation: string) => resolve(schemas[`${operation}$`]);
  const inputOf = (operation: string) => resolve((schemaOf(operation) as readonly unknown[])[4]);
  const outputOf = (operation: string) => resolve((schemaOf(operation) as readonly unknown[])[5]);
  const errors = Object.entries(schemas)
    .filter(([name, value]) => name.endsWith('$') && Array.isArray(value) && value[0] === KIND.error)
    .map(([, value]) => value as Schema);

  return {
    names: Object.keys(served),
    schemaOf,
    inputOf,
    async run({ operation, input }, scope, invalid) {
      const problems = schemaProblems(input, inputOf(operation));
      if (problems.length > 0) {
        throw new AwsError(invalid, problems.join('; '), 400);
      }
      const output = (await served[operation]?.(input, scope)) ?? {};
      refuseOwn(output, outputOf(operation));
      return output;
    },
    statusOf(code) {
      const error = errors.find((one) => nameOf(one) === code || ownTraits(one).awsQueryError?.[0] === code);
      return error === undefined ? 400 : Number(ownTraits(error).httpError ?? 400);
    },
  };
}

/** Our own mistake: what no client of AWS would understand. */
function refuseOwn(output: unknown, schema: Schema): void {
  const problems = kindOf(schema) === undefined ? [] : schemaProblems(output, schema);
  if (problems.length > 0) {
    throw new AwsError('InternalFailure', `The local AWS made a wrong answer: ${problems.join('; ')}`, 500);
  }
}
