import type { Database } from '@souk/shared/db/database';
import { firstIdAt } from '@souk/shared/ids';

const dayMs = 86_400_000;
/** Days after its end during which a saga may still be changed or receive a late reply. */
const days = 30;
const batchSize = 1_000;
/** So that one turn ends: the next turn goes on. */
const maxBatches = 100;

/** SQL that moves a batch, oldest first; exported for the query plan test. Ids are UUIDv7 of the start. */
export const moveSagasSql = `
  WITH moved AS (
    DELETE FROM ONLY saga WHERE id IN (
      SELECT id FROM ONLY saga
      WHERE id < $1 AND status IN ('COMPLETED', 'FAILED') AND completed_at < $2 AND wake_at IS NULL
      ORDER BY id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)
    RETURNING *
  ), kept AS (INSERT INTO saga_history SELECT * FROM moved RETURNING 1)
  SELECT count(*)::int AS count FROM kept`;

/** Moves sagas to the history that ended more than 30 days ago. Returns how many. */
export async function moveEndedSagas(database: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - days * dayMs);
  let moved = 0;
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const count = await database.transact(async (manager) => {
      await manager.query("SELECT set_config('souk.moves_sagas', 'on', true)");
      const [row]: { count: number }[] = await manager.query(moveSagasSql, [firstIdAt(before), before]);
      return row?.count ?? 0;
    });
    moved += count;
    if (count < batchSize) break;
  }
  return moved;
}
