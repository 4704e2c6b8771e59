import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import type { ExecutionResult } from 'graphql-sse';
import { createClient } from 'graphql-sse';

/** A document with its types, as GraphQL Code Generator writes it with `documentMode: 'string'`. */
export interface TypedDocument<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  /** The operation's text. */
  toString(): string;
  /** Syntax trees have a kind. They are not accepted: printing one needs the package graphql. */
  readonly kind?: never;
}

/** An operation to execute. The data of a plain text are of type unknown. */
export type Operation<Data, Variables> = string | TypedDocument<Data, Variables>;

/** Parameters of an operation: its variables, which can be left out if all of them can. */
export type VariablesOf<Variables> =
  Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];

/** Variables of an operation without types. */
export type AnyVariables = Record<string, unknown>;

/** An error of a response. */
export interface SoukError {
  message: string;
  path?: readonly (string | number)[];
  extensions: { code: string; requestId: string; [key: string]: unknown };
}

/** A whole response. */
export interface SoukResponse<Data> {
  /** The status of HTTP. */
  status: number;
  data: Data | null | undefined;
  errors: readonly SoukError[] | undefined;
}

/** The response has errors. */
export class OperationFailed extends Error {
  readonly errors: readonly SoukError[];

  constructor(errors: readonly SoukError[]) {
    super(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'));
    this.name = 'OperationFailed';
    this.errors = errors;
  }
}

/** A mutation was refused for reasons that its caller can do something about. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    this.name = 'Refused';
    this.refusals = refusals;
  }
}

/** Why a mutation was refused. */
export interface Refusal {
  code: string;
  message: string;
  field?: readonly string[] | null;
}

/** The payload of any mutation. */
export interface Payload {
  userErrors: readonly Refusal[];
}

/** Returns the access token for the next request; null for an anonymous one. */
export type AccessTokenSource = () => string | null | Promise<string | null>;

const timeoutMs = 30_000;

/** A client of Souk: executes typed documents as one caller. */
export class SoukClient {
  /** Souk's address: http://localhost:4000 */
  readonly url: string;
  readonly #endpoint: string;
  #accessToken: AccessTokenSource;

  /**
   * @param url Souk's address, without a path: http://localhost:4000
   * @param accessToken called before each request; requests are anonymous when left out
   */
  constructor(url: string, accessToken: AccessTokenSource = () => null) {
    this.url = url;
    this.#endpoint = new URL('/graphql', url).href;
    this.#accessToken = accessToken;
  }

  /** Authenticates all later requests with this token; null makes them anonymous. */
  useToken(accessToken: string | null): void {
    this.#accessToken = () => accessToken;
  }

  /** Executes a query or a mutation. Returns the whole response, also one with errors. */
  async send<Data = unknown, Variables = AnyVariables>(
    operation: Operation<Data, Variables>,
    ...[variables]: VariablesOf<Variables>
  ): Promise<SoukResponse<Data>> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await this.#authorization()) },
      body: JSON.stringify({ query: operation.toString(), variables: variables ?? {} }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { data, errors } = (await response.json()) as Omit<SoukResponse<Data>, 'status'>;
    return { status: response.status, data, errors };
  }

  /** Executes a query or a mutation. Returns its data. @throws OperationFailed if the response has errors */
  run(operation: string, variables?: AnyVariables): Promise<unknown>;
  run<Data, Variables>(
    operation: Operation<Data, Variables>,
    ...variables: VariablesOf<Variables>
  ): Promise<Data>;
  async run(operation: Operation<unknown, AnyVariables>, variables?: AnyVariables): Promise<unknown> {
    return dataOf(await this.send(operation, variables));
  }

  /** Iterates over a subscription to its end. @throws OperationFailed if an event has errors */
  async *follow<Data = unknown, Variables = AnyVariables>(
    operation: Operation<Data, Variables>,
    ...[variables]: VariablesOf<Variables>
  ): AsyncGenerator<Data, void> {
    const client = createClient({ url: this.#endpoint, headers: () => this.#authorization() });
    try {
      const request = { query: operation.toString(), variables: { ...variables } };
      for await (const event of client.iterate<Data>(request)) yield dataOf(event);
    } finally {
      client.dispose();
    }
  }

  async #authorization(): Promise<Record<string, string>> {
    const accessToken = await this.#accessToken();
    return accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
  }
}

/** The payload of a mutation that was not refused. @throws Refused */
export function granted<Given extends Payload>(payload: Given): Given {
  if (payload.userErrors.length > 0) throw new Refused(payload.userErrors);
  return payload;
}

function dataOf<Data>({
  data,
  errors,
}: Pick<ExecutionResult<Data>, 'data' | 'errors'> | SoukResponse<Data>): Data {
  // Souk's errors all have a code and the request's id.
  if (errors && errors.length > 0) throw new OperationFailed(errors as readonly SoukError[]);
  if (data === null || data === undefined) throw new Error('The response has neither data nor errors.');
  return data;
}
