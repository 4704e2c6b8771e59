import type { Database } from '@souk/shared/db/database';
import type { EntityManager } from 'typeorm';
import type { MediaStore } from '../../media-store/media-store.js';
import { keysOf } from './image-sizes.js';
import { forgetDeletions, takeDueDeletions } from './media-deletion.js';

const batchSize = 500;
/** So that one run ends: the next one goes on. */
const maxBatches = 20;

/** How long a picture stays without a listing, and how often each is checked, in hours. */
export const unusedHours = 24;

/**
 * Removes pictures that no listing has used for a day, then deletes files whose deletion is due. Each picture is checked
 * once a day. Several processes share the work.
 * @returns how many pictures were removed
 */
export async function collectImages(database: Database, store: MediaStore): Promise<number> {
  let removed = 0;
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const checked = await database.transact((manager) => checkOldest(manager));
    removed += checked.removed;
    if (checked.count < batchSize) break;
  }
  await deleteFiles(database, store);
  return removed;
}

/** Checks the pictures that were not checked for the longest time. */
async function checkOldest(manager: EntityManager): Promise<{ count: number; removed: number }> {
  const locked: { id: string }[] = await manager.query(
    `SELECT id FROM image WHERE checked_at <= now() - make_interval(hours => $1)
     ORDER BY checked_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [unusedHours, batchSize],
  );
  if (locked.length === 0) return { count: 0, removed: 0 };
  const ids = locked.map(({ id }) => id);
  // A statement of its own sees listings that committed before the lock was granted.
  await manager.query(
    `UPDATE image SET checked_at = now(),
       unused_since = CASE WHEN ${isUsedSql} THEN NULL ELSE coalesce(unused_since, now()) END
     WHERE id = ANY($1)`,
    [ids],
  );
  const [gone]: [{ name: string | null; widths: number[] | null }[], number] = await manager.query(
    `DELETE FROM image WHERE id = ANY($1) AND unused_since <= now() - make_interval(hours => $2)
     RETURNING name, widths`,
    [ids, unusedHours],
  );
  const stored = gone.flatMap(({ name, widths }) => (name === null ? [] : [{ name, widths: widths ?? [] }]));
  await manager.query(
    `INSERT INTO media_deletion (name, keys, due_at)
     SELECT name, ARRAY(SELECT jsonb_array_elements_text(keys)), now()
     FROM jsonb_to_recordset($1) AS d (name text, keys jsonb)`,
    [JSON.stringify(stored.map((image) => ({ name: image.name, keys: keysOf(image) })))],
  );
  return { count: locked.length, removed: gone.length };
}

/** Whether a listing uses the picture of the row `image`; the index listing_images finds it. */
const isUsedSql = `EXISTS (
  SELECT FROM listing
  WHERE listing.images @> jsonb_build_array(jsonb_build_object('upload', jsonb_build_object('id', image.id)))
)`;

/** Deletes all files that are due. @throws the first failure, once the others are deleted */
async function deleteFiles(database: Database, store: MediaStore): Promise<void> {
  const failures: unknown[] = [];
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const due = await takeDueDeletions(database.reader);
    if (due.length === 0) break;
    for (const { name, keys } of due) {
      try {
        await Promise.all(keys.map((key) => store.delete(key)));
        await forgetDeletions(database.reader, [name]);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw failures[0];
}
