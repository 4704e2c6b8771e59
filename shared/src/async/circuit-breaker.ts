import Opossum from 'opossum';
import { Unavailable } from '../errors.js';

/** Settings of a circuit breaker. Times in milliseconds. */
export interface CircuitBreakerOptions {
  name: string;
  /** The message of the error while the circuit is open. */
  openMessage: string;
  /** How long the open circuit rejects calls before a trial call. */
  resetTimeoutMs: number;
  /** Calls within ten seconds before the failure rate can open the circuit. */
  minCalls: number;
  /**
   * So many failures without a success between them open the circuit too, however long they took: a dependency that stands
   * still fails too few calls within ten seconds. Never if omitted.
   */
  failuresInARow?: number;
  /** Maximum duration of a call. The work behind the call continues. Omit it if each call has its own time limit. */
  timeoutMs?: number;
  /** Maximum number of concurrent calls; further calls are rejected and count as failures. Unlimited if omitted. */
  maxCalls?: number;
  /** Whether an error shows trouble of the dependency; if omitted, every error does. */
  isFailure?: (error: unknown) => boolean;
  /** Observes state and calls. Latencies in milliseconds. */
  observer?: CircuitObserver;
}

/** Callbacks of a circuit breaker. An error that is no failure counts as a success. */
export interface CircuitObserver {
  onSuccess?(latencyMs: number): void;
  onFailure?(latencyMs: number): void;
  /** A call was rejected because too many were under way. */
  onBusy?(): void;
  onOpen?(): void;
  onClose?(): void;
}

// The state is judged by the last ten seconds; half of the calls must have failed.
const windowOptions = {
  rollingCountTimeout: 10_000,
  rollingCountBuckets: 10,
  errorThresholdPercentage: 50,
  // Metrics are ours. opossum would sort latencies every second.
  rollingPercentilesEnabled: false,
  enableSnapshots: false,
};

/** Stops calls to a dependency that keeps failing, and bounds its concurrent calls. */
export class CircuitBreaker {
  readonly #breaker: Opossum<[() => Promise<unknown>]>;
  readonly #options: CircuitBreakerOptions;
  #failuresInARow = 0;

  constructor(options: CircuitBreakerOptions) {
    const { name, resetTimeoutMs, minCalls, timeoutMs, maxCalls, isFailure, observer } = options;
    this.#options = options;
    this.#breaker = new Opossum((call: () => Promise<unknown>) => call(), {
      ...windowOptions,
      name,
      timeout: timeoutMs ?? false,
      resetTimeout: resetTimeoutMs,
      volumeThreshold: minCalls,
      ...(maxCalls !== undefined && { capacity: maxCalls }),
      ...(isFailure && { errorFilter: (error: unknown) => !isFailure(error) }),
    });
    this.#breaker.on('success', (_value, latencyMs) => {
      this.#failuresInARow = 0;
      observer?.onSuccess?.(latencyMs);
    });
    this.#breaker.on('failure', (_error, latencyMs) => {
      this.#countFailure();
      observer?.onFailure?.(latencyMs);
    });
    this.#breaker.on('semaphoreLocked', () => observer?.onBusy?.());
    this.#breaker.on('open', () => observer?.onOpen?.());
    this.#breaker.on('close', () => observer?.onClose?.());
  }

  /** Whether calls are rejected at present. */
  get isOpen(): boolean {
    return this.#breaker.opened;
  }

  /** Whether the next call, or the one that is under way, is a trial: its outcome closes or opens the circuit. */
  get isTrying(): boolean {
    return this.#breaker.halfOpen;
  }

  /** Makes a call. @throws what the call threw; Unavailable if the circuit is open or too many calls are under way */
  call<T>(call: () => Promise<T>): Promise<T> {
    return (this.#breaker.fire(call) as Promise<T>).catch((error: unknown) => {
      const code = Opossum.isOurError(error as Error) ? (error as NodeJS.ErrnoException).code : null;
      if (code === 'EOPENBREAKER') throw this.openError();
      if (code === 'ESEMLOCKED') throw new Unavailable('Too many concurrent calls.', 1);
      throw error;
    });
  }

  /** The error of calls while the circuit is open. */
  openError(): Unavailable {
    return new Unavailable(this.#options.openMessage, Math.ceil(this.#options.resetTimeoutMs / 1_000));
  }

  #countFailure(): void {
    this.#failuresInARow += 1;
    if (this.#failuresInARow < (this.#options.failuresInARow ?? Infinity)) return;
    this.#failuresInARow = 0;
    this.#breaker.open();
  }

  /** Stops the timers. */
  close(): void {
    this.#breaker.shutdown();
  }
}
