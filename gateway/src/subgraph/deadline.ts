import type { Cancellation } from '@souk/shared/cancellation';

/** The response did not arrive in time. */
export class TimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`No response within ${timeoutMs} ms.`);
    this.name = 'TimedOut';
  }
}

/** The promise's value. The work behind the promise goes on. @throws TimedOut, and the reason of a cancellation. */
export async function withDeadline<Value>(
  promise: Promise<Value>,
  timeoutMs: number,
  cancellation: Cancellation | null = null,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  let unhook: (() => void) | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimedOut(timeoutMs)), timeoutMs).unref();
    unhook = cancellation?.onCancel(reject);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    unhook?.();
  }
}
