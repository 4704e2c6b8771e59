import type { RefreshCookieChange } from '@souk/shared/graph/refresh-cookie';
import { refreshCookieChangeOf, refreshCookieHeader } from '@souk/shared/graph/refresh-cookie';
import type { FormattedExecutionResult } from 'graphql';
import type { SubgraphOperation } from './subgraph-operation.js';

/** The refresh cookie of one request: passed on to one subgraph with its mutations, and to no other. */
export class RefreshCookieExchange {
  readonly #subgraph: string;
  readonly #token: string | null;
  #change: RefreshCookieChange | null = null;

  /**
   * @param subgraph the name of the subgraph that owns the cookie
   * @param token of the request's cookie; null if there is none
   */
  constructor(subgraph: string, token: string | null) {
    this.#subgraph = subgraph;
    this.#token = token;
  }

  /** The change that the response has to make; null: none. */
  get change(): RefreshCookieChange | null {
    return this.#change;
  }

  /** Whether an operation is sent with the cookie, and may change it. */
  concerns({ subgraph, isQuery }: Pick<SubgraphOperation, 'subgraph' | 'isQuery'>): boolean {
    return subgraph === this.#subgraph && !isQuery;
  }

  /** Adds the cookie to the headers of an operation that it concerns. */
  headersWith(headers: Readonly<Record<string, string>>): Record<string, string> {
    return { ...headers, [refreshCookieHeader]: this.#token ?? '' };
  }

  /** Takes the change that the result of such an operation has. The last one counts. */
  receive(result: FormattedExecutionResult): void {
    this.#change = refreshCookieChangeOf(result) ?? this.#change;
  }
}
