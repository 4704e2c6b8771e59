import type { EntityManager } from 'typeorm';

// Files are written and deleted outside of transactions. A row of media_deletion names files that may exist without a
// picture: it is written before the files are, and with the deletion of a picture. The collector deletes the files that a
// crash leaves.

/** Files of one picture, to be deleted. */
export interface DueDeletion {
  name: string;
  keys: string[];
}

const uploadMinutes = 60;
const retryMinutes = 10;
const batchSize = 50;

/** Plans the deletion of files that are about to be written, in case that their upload does not end. */
export async function planDeletion(manager: EntityManager, { name, keys }: DueDeletion): Promise<void> {
  await manager.query(
    `INSERT INTO media_deletion (name, keys, due_at) VALUES ($1, $2, now() + make_interval(mins => $3))`,
    [name, keys, uploadMinutes],
  );
}

/** Keeps files whose deletion was planned. @returns false if their deletion has begun */
export async function cancelDeletion(manager: EntityManager, name: string): Promise<boolean> {
  const [rows]: [unknown[], number] = await manager.query(
    'DELETE FROM media_deletion WHERE name = $1 AND attempts = 0 RETURNING name',
    [name],
  );
  return rows.length > 0;
}

/** Has the files deleted by the next run of the collector. */
export async function hastenDeletion(manager: EntityManager, name: string): Promise<void> {
  await manager.query('UPDATE media_deletion SET due_at = now() WHERE name = $1', [name]);
}

/** Takes due deletions; they are due again after ten minutes, unless they are done by then. */
export async function takeDueDeletions(manager: EntityManager): Promise<DueDeletion[]> {
  const [rows]: [DueDeletion[], number] = await manager.query(
    `UPDATE media_deletion SET attempts = attempts + 1, due_at = now() + make_interval(mins => $1)
     WHERE name IN (
       SELECT name FROM media_deletion WHERE due_at <= now() ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ) RETURNING name, keys`,
    [retryMinutes, batchSize],
  );
  return rows;
}

/** Forgets deletions that are done. */
export async function forgetDeletions(manager: EntityManager, names: readonly string[]): Promise<void> {
  await manager.query('DELETE FROM media_deletion WHERE name = ANY($1)', [names]);
}
