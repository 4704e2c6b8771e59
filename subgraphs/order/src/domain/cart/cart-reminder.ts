import type { Batch } from '@souk/shared/async/batches';
import { runBatches } from '@souk/shared/async/batches';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import { groupBy } from '@souk/shared/group-by';
import type { EntityManager } from 'typeorm';
import { namedListings } from '../named-listings.js';

const hourMs = 3_600_000;
/** Carts that were unchanged for longer than this after their reminder was due get none: it would come too late. */
const lateMs = 7 * 24 * hourMs;
const batch = { size: 200, most: 50 };
const maxListings = 100;

/** SQL that marks a batch of carts, the oldest first; exported for the query plan test. */
export const remindedCartsSql = `
  WITH due AS (
    SELECT id FROM cart
    WHERE owner_id IS NOT NULL AND reminded_of IS DISTINCT FROM updated_at AND updated_at < $1 AND locked_by IS NULL
    ORDER BY updated_at LIMIT ${batch.size} FOR UPDATE SKIP LOCKED)
  UPDATE cart c SET reminded_of = c.updated_at FROM due WHERE c.id = due.id
  RETURNING c.id, c.owner_id, c.updated_at`;

/**
 * Publishes cartLeft for users' carts with items that nobody changed for `hours`: once for each change of a cart. Carts of
 * guests have nobody to remind. Returns the number of reminders.
 */
export async function remindOfCarts(database: Database, hours: number, now: Date): Promise<number> {
  if (hours === 0) return 0;
  const before = new Date(now.getTime() - hours * hourMs);
  return runBatches(batch, () =>
    database.transact((manager, outbox) => remindBatch(manager, outbox, before)),
  );
}

async function remindBatch(manager: EntityManager, outbox: Outbox, before: Date): Promise<Batch> {
  const [carts]: [{ id: string; owner_id: string; updated_at: Date }[], number] = await manager.query(
    remindedCartsSql,
    [before],
  );
  const timely = carts.filter((cart) => cart.updated_at.getTime() >= before.getTime() - lateMs);
  const lines: { cartId: string; listingId: string; title: string }[] = await manager.query(
    `SELECT cart_id AS "cartId", listing_id AS "listingId", title FROM cart_item
     WHERE cart_id = ANY($1::uuid[]) ORDER BY cart_id, id`,
    [timely.map(({ id }) => id)],
  );
  const linesOf = groupBy(lines, ({ cartId }) => cartId);
  let published = 0;
  for (const { id: cartId, owner_id: userId, updated_at: changedAt } of timely) {
    const listings = namedListings(linesOf.get(cartId) ?? []).slice(0, maxListings);
    if (listings.length === 0) continue;
    outbox.publish(orderEvents.cartLeft, cartId, {
      cartId,
      userId,
      changedAt: changedAt.toISOString(),
      listings,
    });
    published += 1;
  }
  return { taken: carts.length, done: published };
}
