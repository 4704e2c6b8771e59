import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import type { ExecutionResult } from 'graphql-sse';
import { createClient, NetworkError } from 'graphql-sse';

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

/** The response has errors, or is none of Souk's: the page of a proxy, for example. */
export class OperationFailed extends Error {
  /** None where the response is not Souk's. */
  readonly errors: readonly SoukError[];
  /** The status of HTTP; null for an event of a stream. */
  readonly status: number | null;

  constructor(errors: readonly SoukError[], status: number | null = null) {
    super(
      errors.length === 0
        ? `The response with status ${status} is not one of GraphQL.`
        : errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'),
    );
    this.name = 'OperationFailed';
    this.errors = errors;
    this.status = status;
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
/** Statuses that may be others the next time. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

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

  /**
   * Executes a query or a mutation. Returns the whole response, also one with errors. @throws OperationFailed with the
   * status where the response is not one of GraphQL
   */
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
    const result = resultOf<Data>(await response.text());
    if (!result) throw new OperationFailed([], response.status);
    return { status: response.status, ...result };
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
    const refusals: Response[] = [];
    const client = createClient({
      url: this.#endpoint,
      headers: () => this.#authorization(),
      fetchFn: async (input: string, init: RequestInit) => {
        const response = await fetch(input, init);
        const isStream = response.headers.get('content-type')?.includes('text/event-stream') === true;
        if (isStream || passing.has(response.status)) return response;
        refusals.push(response);
        // The library ends at a response without a body; at any other it would try again.
        return new Response(null);
      },
    });
    try {
      const request = { query: operation.toString(), variables: { ...variables } };
      for await (const event of client.iterate<Data>(request)) yield dataOf(event);
    } catch (error) {
      const response: unknown = refusals[0] ?? (error instanceof NetworkError ? error.response : null);
      throw response instanceof Response ? await failureOf(response) : error;
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

/** A response of GraphQL; null where the text is none. */
function resultOf<Data>(text: string): Omit<SoukResponse<Data>, 'status'> | null {
  let result: unknown;
  try {
    result = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof result !== 'object' || result === null) return null;
  const { data, errors } = result as { data?: Data | null; errors?: unknown };
  if (errors !== undefined && !isErrors(errors)) return null;
  return data === undefined && errors === undefined ? null : { data, errors };
}

function isErrors(errors: unknown): errors is readonly SoukError[] {
  return (
    Array.isArray(errors) &&
    errors.every((error: unknown) => {
      const { message, extensions } = (error ?? {}) as Partial<Record<keyof SoukError, unknown>>;
      return typeof message === 'string' && typeof extensions === 'object' && extensions !== null;
    })
  );
}

/** The failure of a stream that was refused by Souk, with its errors, or by a proxy. */
async function failureOf(response: Response): Promise<OperationFailed> {
  const text = response.bodyUsed ? '' : await response.text().catch(() => '');
  return new OperationFailed(resultOf(text)?.errors ?? [], response.status);
}

function dataOf<Data>({
  data,
  errors,
  ...rest
}: Pick<ExecutionResult<Data>, 'data' | 'errors'> | SoukResponse<Data>): Data {
  const status = 'status' in rest ? rest.status : null;
  // Souk's errors all have a code and the request's id.
  if (errors && errors.length > 0) throw new OperationFailed(errors as readonly SoukError[], status);
  if (data === null || data === undefined) throw new Error('The response has neither data nor errors.');
  return data;
}
