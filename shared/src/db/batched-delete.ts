import type { EntityManager } from 'typeorm';
import { runBatches } from '../async/batches.js';

const batch = { size: 5_000, most: 20 };

/**
 * Runs a DELETE in batches, each a statement of its own, so that none holds locks for long. Outside a transaction.
 * @param statement takes the batch's size as its last parameter; skips locked rows, so that several processes share the
 * work
 * @returns how many rows were deleted
 */
export function deleteInBatches(
  manager: EntityManager,
  statement: string,
  parameters: readonly unknown[],
): Promise<number> {
  return runBatches(batch, async () => {
    const [{ count } = { count: 0 }]: { count: number }[] = await manager.query(
      `WITH deleted AS (${statement} RETURNING 1) SELECT count(*)::int AS count FROM deleted`,
      [...parameters, batch.size],
    );
    return { taken: count };
  });
}
