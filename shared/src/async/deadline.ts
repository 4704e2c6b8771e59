import type { Cancellation } from '../cancellation.js';

/** A time limit of a promise. */
export interface Deadline {
  /** In milliseconds. */
  timeoutMs: number;
  /** Creates the error for a promise that takes longer. */
  createError: () => Error;
  /** Ends the wait early, with its reason. */
  cancellation?: Cancellation | null;
}

/**
 * Waits for a promise until its deadline. The work behind the promise continues.
 * @throws the error of the deadline, or the reason of the cancellation
 */
export async function withDeadline<Value>(
  promise: Promise<Value>,
  { timeoutMs, createError, cancellation }: Deadline,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  let unhook: (() => void) | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(createError()), timeoutMs).unref();
    unhook = cancellation?.onCancel(reject);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    unhook?.();
  }
}
