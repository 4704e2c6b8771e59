const firstIntervalMs = 20;
const longestIntervalMs = 500;

/**
 * Waits until `look` finds something (neither null, undefined nor false), and returns it. The last look begins after
 * `deadlineMs`: one that takes long itself takes nothing of the time.
 * @throws when that one finds nothing either, naming what was awaited.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  deadlineMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  // Many who wait at once must not be the load that they wait for.
  let intervalMs = firstIntervalMs;
  for (;;) {
    const begun = Date.now();
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (begun >= deadline) throw new Error(`Waited ${deadlineMs} ms in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
    intervalMs = Math.min(intervalMs * 1.4, longestIntervalMs);
  }
}
