import type { z } from 'zod';
import { CircuitBreaker } from '@souk/shared/async/circuit-breaker';
import { withRetries } from '@souk/shared/async/retry';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { Unavailable } from '@souk/shared/errors';
import { timeoutHeader } from '@souk/shared/graph/request-work';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import type { Log } from '@souk/shared/log';
import type { RequestSource } from './domain/catalog-port.js';

const timeoutMs = 2_000;
const resetTimeoutMs = 3_000;
const requestIdHeader = 'x-request-id';

/** An operation for another subgraph. */
export interface Question {
  query: string;
  variables: Record<string, unknown>;
  /** Null for a question of order itself. */
  source: RequestSource | null;
}

/** The called subgraph, for logs, and the message for clients while it is unavailable. */
export interface CalledSubgraph {
  name: string;
  unavailable: string;
}

/** Calls another subgraph with a timeout, one retry and a circuit breaker. Calls are anonymous. */
export class SubgraphCaller {
  readonly #called: CalledSubgraph;
  readonly #breaker: CircuitBreaker;
  readonly #execute: SubgraphExecutor;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #log: Log;

  constructor(
    called: CalledSubgraph,
    execute: SubgraphExecutor,
    { gatewaySecret, log }: { gatewaySecret: string | null; log: Log },
  ) {
    this.#called = called;
    this.#breaker = new CircuitBreaker({
      name: called.name,
      openMessage: called.unavailable,
      minCalls: 5,
      timeoutMs,
      resetTimeoutMs,
    });
    this.#execute = execute;
    this.#log = log;
    this.#headers = {
      // The subgraph can stop working after this time.
      [timeoutHeader]: String(timeoutMs),
      ...(gatewaySecret !== null && { [gatewaySecretHeader]: gatewaySecret }),
    };
  }

  /** Returns the data of an operation in this shape. @throws Unavailable if the subgraph does not answer in time */
  async ask<Data>(question: Question, shape: z.ZodType<Data>): Promise<Data> {
    try {
      return await withRetries(() => this.#breaker.call(() => this.#send(question, shape)), {
        retries: 1,
        isRetryable: () => !this.#breaker.isOpen,
      });
    } catch (error) {
      const { name, unavailable } = this.#called;
      this.#log.warn({ err: error }, `${name} does not answer`);
      throw new Unavailable(unavailable, Math.ceil(resetTimeoutMs / 1_000));
    }
  }

  /** Stops the circuit breaker's timers. */
  close(): void {
    this.#breaker.close();
  }

  async #send<Data>({ query, variables, source }: Question, shape: z.ZodType<Data>): Promise<Data> {
    const headers = {
      ...this.#headers,
      ...(source?.clientAddress && { 'x-forwarded-for': source.clientAddress }),
      ...(source?.requestId && { [requestIdHeader]: source.requestId }),
    };
    const { data, errors } = await this.#execute({ query, variables, headers });
    if (errors?.[0]) throw new Error(`${this.#called.name} response: ${errors[0].message}`);
    return shape.parse(data);
  }
}
