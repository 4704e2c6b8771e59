import { asError } from '../errors.js';

/**
 * Runs the work for all items at once. If it fails, runs it for each item in turn, so that a bad item fails alone. The
 * work must be atomic. Returns null or the error of each item, in order.
 */
export async function batchWithFallback<Item>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<unknown>,
): Promise<(Error | null)[]> {
  if (items.length === 0) return [];
  try {
    await work(items);
    return items.map(() => null);
  } catch (error) {
    if (items.length === 1) return [asError(error)];
    const faults: (Error | null)[] = [];
    for (const item of items) faults.push(...(await batchWithFallback([item], work)));
    return faults;
  }
}

/** Runs the work for each item, in parallel. Returns null or the error of each item, in order. */
export function settleEach<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<(Error | null)[]> {
  return Promise.all(
    items.map(async (item) => {
      try {
        await work(item);
        return null;
      } catch (error) {
        return asError(error);
      }
    }),
  );
}
