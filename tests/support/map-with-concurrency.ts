/** Runs `work` for every item with bounded concurrency. Returns the results in the order of the items. */
export async function mapWithConcurrency<Item, Result>(
  concurrency: number,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const run = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: concurrency }, run));
  return results;
}
