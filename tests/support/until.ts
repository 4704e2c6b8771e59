const firstIntervalMs = 20;
const longestIntervalMs = 500;

/**
 * Polls `look` until it returns a value other than null, undefined and false. Returns that value. The last poll starts
 * after `deadlineMs`, so a slow poll does not shorten the wait.
 * @throws at the deadline, with `what`
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  deadlineMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  // Growing intervals: many waiting tests must not overload the system they wait for.
  let intervalMs = firstIntervalMs;
  for (;;) {
    const begun = Date.now();
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (begun >= deadline) throw new Error(`Timed out after ${deadlineMs} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
    intervalMs = Math.min(intervalMs * 1.4, longestIntervalMs);
  }
}
