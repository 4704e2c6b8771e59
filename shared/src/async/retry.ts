/** Options of retries. */
export interface RetryOptions {
  /** Retries after the first attempt. */
  retries: number;
  isRetryable: (error: unknown) => boolean;
  /** The pause before the first retry, in milliseconds; doubled for each further one, times 0.5 to 1.5. None if omitted. */
  pauseMs?: number;
}

/** Makes a call again after a retryable error. @throws what the last attempt threw */
export async function withRetries<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { retries, isRetryable, pauseMs } = options;
  for (let retry = 0; ; retry += 1) {
    try {
      return await call();
    } catch (error) {
      if (retry >= retries || !isRetryable(error)) throw error;
    }
    if (pauseMs !== undefined) {
      const pause = pauseMs * 2 ** retry * (0.5 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
