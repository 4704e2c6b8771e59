import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';

/** A buyer's review of a listing. Ids are UUIDs. */
export interface Review {
  /** UUIDv7: orders lists by time. */
  id: string;
  listingId: string;
  /** The author. */
  userId: string;
  /** 1 to 5. */
  stars: number;
  text: string | null;
  createdAt: Date;
  editedAt: Date | null;
  replyText: string | null;
  repliedAt: Date | null;
  /** When an administrator hid it. */
  hiddenAt: Date | null;
  /** When it was first reported since an administrator has decided on it. */
  reportedAt: Date | null;
  /** Whether lists and ratings have it. */
  isCounted: boolean;
}

/** The columns of a review, as a select list of `review r`. */
export const reviewColumns = `r.id, r.listing_id AS "listingId", r.user_id AS "userId", r.stars, r.text,
  r.created_at AS "createdAt", r.edited_at AS "editedAt", r.reply_text AS "replyText", r.replied_at AS "repliedAt",
  r.hidden_at AS "hiddenAt", r.reported_at AS "reportedAt", r.is_counted AS "isCounted"`;

/** Finds a review; null for an unknown one. */
export async function findReview(manager: EntityManager, id: string): Promise<Review | null> {
  const [review]: Review[] = await manager.query(`SELECT ${reviewColumns} FROM review r WHERE r.id = $1`, [
    id,
  ]);
  return review ?? null;
}

/**
 * Locks a review until the transaction ends.
 * @param field path of the id in the arguments
 * @throws Rejection NOT_FOUND for an unknown or malformed id
 */
export async function lockReview(manager: EntityManager, apiId: string, field: string): Promise<Review> {
  const id = fromApiId('review', apiId);
  const [review]: Review[] =
    id === null
      ? []
      : await manager.query(`SELECT ${reviewColumns} FROM review r WHERE r.id = $1 FOR UPDATE`, [id]);
  return review ?? throwReviewNotFound(field);
}

/** @throws Rejection NOT_FOUND */
export function throwReviewNotFound(field: string): never {
  throw new Rejection('NOT_FOUND', 'Review not found.', { field: [field] });
}
