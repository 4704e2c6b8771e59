import type { EntityManager } from 'typeorm';

const batchSize = 5_000;
/** So that one turn of a task ends: the next turn goes on. */
const maxBatches = 20;

/**
 * Runs a DELETE in batches, each a statement of its own, so that none holds locks for long. Outside a transaction.
 * @param statement takes the batch's size as its last parameter; skips locked rows, so that several processes share the
 * work
 * @returns how many rows were deleted
 */
export async function deleteInBatches(
  manager: EntityManager,
  statement: string,
  parameters: readonly unknown[],
): Promise<number> {
  let deleted = 0;
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const [{ count } = { count: 0 }]: { count: number }[] = await manager.query(
      `WITH deleted AS (${statement} RETURNING 1) SELECT count(*)::int AS count FROM deleted`,
      [...parameters, batchSize],
    );
    deleted += count;
    if (count < batchSize) break;
  }
  return deleted;
}
