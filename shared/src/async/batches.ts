/** How much a turn of a task does at most. */
export interface BatchLimits {
  /** Items of a batch. */
  size: number;
  /** Batches of a turn, so that it ends: the next turn goes on. */
  most: number;
}

/** The result of a batch. */
export interface Batch {
  /** Items that it took up. Fewer than its size: none are left. */
  taken: number;
  /** Items that count for the caller; `taken` if omitted. */
  done?: number;
}

/** Runs batches one after the other until one is not full. Returns how many items were done. */
export async function runBatches({ size, most }: BatchLimits, run: () => Promise<Batch>): Promise<number> {
  let sum = 0;
  for (let batch = 0; batch < most; batch += 1) {
    const { taken, done = taken } = await run();
    sum += done;
    if (taken < size) break;
  }
  return sum;
}
