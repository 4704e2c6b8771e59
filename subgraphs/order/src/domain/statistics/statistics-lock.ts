import type { EntityManager } from 'typeorm';

/** Any number that nothing else in this database uses as an advisory lock. */
const statisticsLock = 7_682_103;

/** Which figures are read, and which a rebuild makes. */
export interface StatisticsState {
  /** The generation that is read. */
  generation: number;
  /** The generation that a rebuild makes; null without one. */
  rebuilding: number | null;
  /** UUID of the last order that is in it; null before the first chunk. */
  rebuiltTo: string | null;
}

/**
 * Locks the figures until the transaction ends, and returns their state; null while another transaction folds deltas or
 * rebuilds. The figures are derived: a crash of PostgreSQL undoes the transaction as a whole, so it does not wait for the disk.
 */
export async function tryLockStatistics(manager: EntityManager): Promise<StatisticsState | null> {
  const [lock]: { locked: boolean }[] = await manager.query(
    `SELECT pg_try_advisory_xact_lock($1) AS locked, set_config('synchronous_commit', 'off', true)`,
    [statisticsLock],
  );
  if (!lock?.locked) return null;
  return readState(manager);
}

/** Waits for the lock. */
export async function lockStatistics(manager: EntityManager): Promise<StatisticsState> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [statisticsLock]);
  return readState(manager);
}

async function readState(manager: EntityManager): Promise<StatisticsState> {
  const [state]: StatisticsState[] = await manager.query(
    'SELECT generation, rebuilding, rebuilt_to AS "rebuiltTo" FROM statistics_state',
  );
  if (!state) throw new Error('statistics_state has no row.');
  return state;
}
