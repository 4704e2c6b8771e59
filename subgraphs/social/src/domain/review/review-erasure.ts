import type { EntityManager } from 'typeorm';
import { publishReviewChange } from './rating.js';

const batch = 200;

/** Deletes a part of a person's reviews. Returns how many; repeat until none is left. */
export async function eraseReviews(manager: EntityManager, userId: string): Promise<number> {
  return change(
    manager,
    'DELETE FROM review WHERE id IN (SELECT id FROM review WHERE user_id = $1 ORDER BY id LIMIT $2 FOR UPDATE)',
    userId,
  );
}

/** Deletes a part of the replies that a person has given as a seller. Returns how many. */
export async function eraseReplies(manager: EntityManager, userId: string): Promise<number> {
  return change(
    manager,
    `UPDATE review SET reply_text = NULL, replied_at = NULL, replied_by = NULL
     WHERE id IN (SELECT id FROM review WHERE replied_by = $1 ORDER BY id LIMIT $2 FOR UPDATE)`,
    userId,
  );
}

async function change(manager: EntityManager, statement: string, userId: string): Promise<number> {
  const [rows]: [{ listing_id: string }[], number] = await manager.query(
    `${statement} RETURNING listing_id`,
    [userId, batch],
  );
  publishReviewChange(
    manager,
    rows.map((row) => row.listing_id),
  );
  return rows.length;
}
