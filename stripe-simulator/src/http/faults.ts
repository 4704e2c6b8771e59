/**
 * Faults that can be injected into a call:
 * - `error500`: an answer of 500 without effect. Stripe stores such an answer under the call's key and repeats
 *   it; with `beforeExecution` the call fails before that, and the same key can be tried again.
 * - `error500_after`: the effect happens, and the answer is a 500 all the same, stored like the one above.
 * - `timeout_after`: the effect happens and its answer is stored, but never sent.
 * - `reset`: the connection is cut before anything happens.
 * - `rate_limit`: an answer of 429, nothing happens.
 * - `slow`: the call is executed after `delayMs`; meanwhile its key is in use (409 to a second call).
 */
export const FAULT_KINDS = [
  'error500',
  'error500_after',
  'timeout_after',
  'reset',
  'rate_limit',
  'slow',
] as const;

export interface Fault {
  readonly kind: (typeof FAULT_KINDS)[number];
  /** The calls it strikes, at least 1. */
  readonly count: number;
  /** Only calls of this method. */
  readonly method?: string | undefined;
  /** Only calls of this path or below it; `*` stands for one segment. */
  readonly path?: string | undefined;
  readonly beforeExecution?: boolean | undefined;
  readonly delayMs?: number | undefined;
}

/** Pending faults, in the order in which they were set. A restart clears them. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push(fault);
  }

  clear(): void {
    this.#waiting = [];
  }

  waiting(): readonly Fault[] {
    return this.#waiting;
  }

  /** The fault that strikes this call, if any; it is used up by one. */
  take(method: string, path: string): Fault | undefined {
    const struck = this.#waiting.find((fault) => matches(fault, method, path));
    if (struck === undefined) return undefined;
    this.#waiting = this.#waiting
      .map((fault) => (fault === struck ? { ...fault, count: fault.count - 1 } : fault))
      .filter(({ count }) => count > 0);
    return struck;
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  const segments = segmentsOf(path);
  return segmentsOf(fault.path).every((wanted, index) => wanted === '*' || wanted === segments[index]);
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
