import { asError } from '../errors.js';

/**
 * Does the work of all items together; where that fails, of one after the other, so that one that cannot be done fails
 * alone. The work must do all or nothing. What became of each, in order: null, or its fault.
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

/** Does the work of every item at once, each for itself. What became of each, in order: null, or its fault. */
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
