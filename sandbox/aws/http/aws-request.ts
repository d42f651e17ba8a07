import type { AwsError } from '../aws-error.ts';

/** A request as it came over the wire. */
export interface AwsRequest {
  readonly method: string;
  /** Still encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; several of one name joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Whose key signed it, and for what. */
export interface Scope {
  readonly accessKeyId: string;
  /** `20261122`. */
  readonly date: string;
  readonly region: string;
  /** Name under which the service signs: `ses`, `sns`. */
  readonly service: string;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One service in its own protocol. */
export interface AwsService {
  /** What a request asks for: `SendEmail`. @throws {AwsError} */
  read(request: AwsRequest): Asked;
  /** Of a request whose signature is right. @throws {AwsError} */
  serve(asked: Asked, scope: Scope): Promise<unknown>;
  answer(asked: Asked, output: unknown, requestId: string): AwsAnswer;
  refuse(error: AwsError, requestId: string): AwsAnswer;
}

export interface Asked {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}
