import type { ExecutionResult } from 'graphql-sse';
import { createClient } from 'graphql-sse';
import type { TypedDocumentString } from './generated/operations.js';

/** An error of an answer, as Souk sends it. */
export interface SoukError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: { code?: unknown; requestId?: unknown; [key: string]: unknown } | undefined;
}

/** The operation was not run, or not to its end: `errors` are those of the answer. */
export class OperationFailed extends Error {
  readonly errors: readonly SoukError[];

  constructor(errors: readonly SoukError[]) {
    super(errors.map(({ message, extensions }) => `${String(extensions?.code)}: ${message}`).join('\n'));
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
  field: readonly string[] | null;
}

/** A payload as all mutations answer it. */
export interface Payload {
  userErrors: readonly Refusal[];
}

const timeoutMs = 30_000;

/** Souk at the other end: runs typed documents as one caller. */
export class Souk {
  readonly #endpoint: string;
  #accessToken: string | null = null;

  /** @param url Souk's address, without a path: http://localhost:4000 */
  constructor(url: string) {
    this.#endpoint = new URL('/graphql', url).href;
  }

  /** Authenticates all later requests as this caller; null makes them anonymous. */
  useToken(accessToken: string | null): void {
    this.#accessToken = accessToken;
  }

  /** Runs a query or a mutation. @throws OperationFailed where the answer has errors */
  async run<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#authorization() },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return dataOf((await response.json()) as ExecutionResult<Data>);
  }

  /** Follows a subscription to its end. @throws OperationFailed where an event has errors */
  async *follow<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): AsyncGenerator<Data, void> {
    const client = createClient({ url: this.#endpoint, headers: () => this.#authorization() });
    try {
      const events = client.iterate<Data>({ query: document.toString(), variables });
      for await (const event of events) yield dataOf(event);
    } finally {
      client.dispose();
    }
  }

  #authorization(): Record<string, string> {
    return this.#accessToken === null ? {} : { authorization: `Bearer ${this.#accessToken}` };
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
}: Pick<ExecutionResult<Data>, 'data'> & { errors?: readonly SoukError[] }): Data {
  if (errors && errors.length > 0) throw new OperationFailed(errors);
  if (data === null || data === undefined) throw new OperationFailed([{ message: 'The answer is empty.' }]);
  return data;
}
