import type { EntityManager } from 'typeorm';
import { publishReviewChange } from './rating.js';

/** A user and a listing that they bought. UUIDs. */
export interface Buyer {
  userId: string;
  listingId: string;
}

/** Conditions on rows of which one makes a user a buyer: units that have arrived, and tokens of others. */
const standingPurchase = (user: string, listing: string): string =>
  `FROM purchase p WHERE p.user_id = ${user} AND p.listing_id = ${listing} AND p.units > p.withheld_units`;
const receivedToken = (user: string, listing: string): string =>
  `FROM received_token t WHERE t.user_id = ${user} AND t.listing_id = ${listing}`;

/**
 * Whether a user may review a listing: they bought it or accepted a token of it, and do not sell it. Locks what makes them a
 * buyer, so that a cancellation meanwhile finds the review.
 */
export async function isVerifiedBuyer(
  manager: EntityManager,
  { userId, listingId }: Buyer,
): Promise<boolean> {
  for (const source of [standingPurchase('$1', '$2'), receivedToken('$1', '$2')]) {
    const found: unknown[] = await manager.query(`SELECT 1 ${source} LIMIT 1 FOR SHARE`, [userId, listingId]);
    if (found.length > 0) return !(await isSeller(manager, { userId, listingId }));
  }
  return false;
}

async function isSeller(manager: EntityManager, { userId, listingId }: Buyer): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM known_listing l JOIN known_partner s ON s.partner_id = l.partner_id
     WHERE l.listing_id = $2 AND s.user_id = $1`,
    [userId, listingId],
  );
  return rows.length > 0;
}

/**
 * Counts the reviews of these buyers or not, after a change of their purchases. The reviews are locked first: of two
 * transactions that each undo one of two purchases, the second one sees both.
 */
export async function recheckReviews(manager: EntityManager, buyers: readonly Buyer[]): Promise<void> {
  const reviews: { id: string }[] = await manager.query(
    `SELECT r.id FROM review r
     WHERE (r.user_id, r.listing_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
     ORDER BY r.id FOR UPDATE`,
    [buyers.map(({ userId }) => userId), buyers.map(({ listingId }) => listingId)],
  );
  if (reviews.length === 0) return;
  const stands = `(EXISTS (SELECT ${standingPurchase('r.user_id', 'r.listing_id')})
    OR EXISTS (SELECT ${receivedToken('r.user_id', 'r.listing_id')}))`;
  const [changed]: [{ listing_id: string }[], number] = await manager.query(
    `UPDATE review r SET is_verified = NOT r.is_verified WHERE r.id = ANY($1::uuid[]) AND r.is_verified <> ${stands}
     RETURNING r.listing_id`,
    [reviews.map(({ id }) => id)],
  );
  publishReviewChange(
    manager,
    changed.map((row) => row.listing_id),
  );
}

/** Lets units count that were shipped. Not idempotent: the caller handles each shipment once. */
export async function releaseShippedUnits(
  manager: EntityManager,
  { userId, orderId, lines }: { userId: string; orderId: string; lines: readonly ShippedLine[] },
): Promise<void> {
  await manager.query(
    `UPDATE purchase p SET withheld_units = GREATEST(p.withheld_units - s.units, 0)
     FROM (
       SELECT listing_id, sum(units)::int AS units FROM unnest($2::uuid[], $3::int[]) AS l (listing_id, units)
       GROUP BY listing_id
     ) AS s
     WHERE p.order_id = $1 AND p.listing_id = s.listing_id`,
    [orderId, lines.map(({ listingId }) => listingId), lines.map(({ quantity }) => quantity)],
  );
  await recheckReviews(
    manager,
    lines.map(({ listingId }) => ({ userId, listingId })),
  );
}

interface ShippedLine {
  listingId: string;
  quantity: number;
}

/** A token of an order. UUIDs. */
interface OrderToken {
  tokenId: string;
  orderId: string;
  listingId: string;
}

/** Makes a user who has accepted a token a buyer of its listing. Its former holder may remain one by their purchase. */
export async function receiveToken(
  manager: EntityManager,
  { tokenId, orderId, listingId, fromId, toId }: OrderToken & { fromId: string; toId: string },
): Promise<void> {
  await manager.query(
    `INSERT INTO received_token (token_id, user_id, listing_id, order_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (token_id) DO UPDATE SET user_id = excluded.user_id`,
    [tokenId, toId, listingId, orderId],
  );
  await recheckReviews(
    manager,
    [fromId, toId].map((userId) => ({ userId, listingId })),
  );
}

/** Takes a revoked token from its holder. Not idempotent: the caller handles each revocation once. */
export async function revokeToken(
  manager: EntityManager,
  { tokenId, orderId, listingId, holderId }: OrderToken & { holderId: string },
): Promise<void> {
  const [, received]: [unknown, number] = await manager.query(
    'DELETE FROM received_token WHERE token_id = $1',
    [tokenId],
  );
  if (received === 0)
    await manager.query(
      `UPDATE purchase SET withheld_units = withheld_units + 1
       WHERE order_id = $1 AND listing_id = $2 AND user_id = $3`,
      [orderId, listingId, holderId],
    );
  await recheckReviews(manager, [{ userId: holderId, listingId }]);
}

/** The buyers by orders, those who have accepted tokens of them included. */
export async function findBuyers(manager: EntityManager, orderIds: readonly string[]): Promise<Buyer[]> {
  return manager.query(
    `SELECT user_id AS "userId", listing_id AS "listingId" FROM purchase WHERE order_id = ANY($1)
     UNION SELECT user_id, listing_id FROM received_token WHERE order_id = ANY($1)`,
    [orderIds],
  );
}

/** Takes the tokens of orders from those who have accepted them, where nothing of a listing is left of the purchase. */
export async function withdrawReceivedTokens(
  manager: EntityManager,
  orderIds: readonly string[],
  listingIds: readonly string[],
): Promise<void> {
  await manager.query(
    `DELETE FROM received_token t WHERE t.order_id = ANY($1) AND t.listing_id = ANY($2)
       AND NOT EXISTS (SELECT FROM purchase p WHERE p.order_id = t.order_id AND p.listing_id = t.listing_id)`,
    [orderIds, listingIds],
  );
}
