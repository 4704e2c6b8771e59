import type { ExecutionResult, GraphQLError } from 'graphql';
import { Cancellation } from '../cancellation.js';
import { graphError } from './errors.js';

/** The header with the number of milliseconds that the caller waits for the answer. */
export const timeoutHeader = 'x-souk-timeout-ms';

/** The limits of one request. */
export interface RequestLimits {
  /** Objects, and entries of lists, that the resolvers of one request, or of one event of a stream, may return. */
  maxObjects: number;
  /** Milliseconds that a request may take; one whose caller waits for less time ends then. */
  maxDurationMs: number;
}

/** Timers do not fire while resolvers run without a pause, so the clock is checked after this many objects. */
const lookEvery = 256;

/** The limits of a subgraph whose process sets none. */
export const defaultRequestLimits: RequestLimits = { maxObjects: 200_000, maxDurationMs: 30_000 };

/**
 * The work of one request, or of one event of a stream, with its limits. Once it has ended no resolver begins, and no
 * statement of its database (`Database.within`); running statements are canceled.
 */
export class RequestWork {
  /** Its reason is the answer: a GraphQLError for clients. */
  readonly cancellation = new Cancellation();
  readonly #maxObjects: number;
  readonly #deadline: number;
  #objects = 0;
  /** The number of objects at which the limits are checked next. */
  #nextLook: number;
  #timer: NodeJS.Timeout | null = null;

  /** @param timeoutMs null: no limit, for the source of a stream */
  constructor(maxObjects: number, timeoutMs: number | null) {
    this.#maxObjects = maxObjects;
    this.#nextLook = Math.min(lookEvery, maxObjects + 1);
    this.#deadline = timeoutMs === null ? Infinity : performance.now() + timeoutMs;
  }

  /** Whether nothing of it may begin any more. */
  get hasEnded(): boolean {
    return this.cancellation.reason !== null;
  }

  /** The milliseconds until it ends; Infinity without a limit. */
  get remainingMs(): number {
    return this.#deadline - performance.now();
  }

  /** Ends it early. Only the first reason counts. */
  end(reason: GraphQLError): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.cancellation.cancel(reason);
  }

  /** Counts objects that a resolver has returned; ends the work where they are too many. */
  count(objects: number): void {
    this.#objects += objects;
    if (this.#objects < this.#nextLook || this.hasEnded) return;
    this.#nextLook = Math.min(this.#objects + lookEvery, this.#maxObjects + 1);
    if (performance.now() > this.#deadline) this.#timeOut();
    if (this.#objects <= this.#maxObjects) return;
    const message = `The answer has more than ${this.#maxObjects} objects. Ask for fewer at a time.`;
    this.end(graphError('OPERATION_TOO_LARGE', message, { limit: this.#maxObjects }));
  }

  /** Executes; where the work ends first, the result is the errors that it ended with. */
  async run(execute: () => ExecutionResult | Promise<ExecutionResult>): Promise<ExecutionResult> {
    this.#startTimer();
    let unhook = (): void => undefined;
    const ended = new Promise<ExecutionResult>((resolve) => {
      unhook = this.cancellation.onCancel((reason) => resolve({ errors: [reason as GraphQLError] }));
    });
    try {
      const result = await (this.hasEnded ? ended : Promise.race([execute(), ended]));
      // A null that propagates to the root completes the answer before all resolvers have; those still have the
      // deadline.
      if (result.data && this.#timer) clearTimeout(this.#timer);
      return result;
    } finally {
      unhook();
    }
  }

  #startTimer(): void {
    if (this.#deadline === Infinity) return;
    this.#timer = setTimeout(() => this.#timeOut(), this.#deadline - performance.now()).unref();
  }

  #timeOut(): void {
    this.end(graphError('TIMEOUT', 'The request timed out.'));
  }
}

/** The caller's own timer fires first, so that a gateway reports which subgraph was late. */
const graceMs = 50;

/** The milliseconds that a request may take, by the header of its caller; the maximum without one. */
export function timeoutOf(header: string | undefined, maximum: number): number {
  const stated = header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) + graceMs : maximum;
  return Math.min(stated, maximum);
}
