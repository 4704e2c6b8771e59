const firstIntervalMs = 20;
const longestIntervalMs = 500;
const defaultDeadlineMs = 20_000;

/**
 * Polls `probe` until it returns a value other than null, undefined and false. Returns that value. The last poll starts
 * after `deadlineMs`, so a slow poll does not shorten the wait.
 * @param state the expected state, as a statement: 'the order is COMPLETED'
 * @throws at the deadline, with `state`
 */
export async function until<T>(
  state: string,
  probe: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  deadlineMs: number = defaultDeadlineMs,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  // Growing intervals: many waiting tests must not overload the system they wait for.
  let intervalMs = firstIntervalMs;
  for (;;) {
    const begun = Date.now();
    const found = await probe();
    if (found !== null && found !== undefined && found !== false) return found;
    if (begun >= deadline) throw new Error(`Timed out after ${deadlineMs} ms until ${state}.`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
    intervalMs = Math.min(intervalMs * 1.4, longestIntervalMs);
  }
}
