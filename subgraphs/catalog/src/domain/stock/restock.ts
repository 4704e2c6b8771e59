import type { Batch } from '@souk/shared/async/batches';
import { runBatches } from '@souk/shared/async/batches';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';
import { onSaleSql } from '../availability.js';

const batch = { size: 200, most: 50 };

/**
 * Publishes which offers have units again. An offer whose units are gone by now, as in a rush, is left out: it is noted anew
 * when the next unit returns. Returns the number of published offers.
 */
export function publishRestocks(database: Database): Promise<number> {
  return runBatches(batch, () => database.transact(publishBatch));
}

async function publishBatch(manager: EntityManager, outbox: Outbox): Promise<Batch> {
  const [noted]: [{ offer_id: string }[], number] = await manager.query(
    `DELETE FROM restocked_offer WHERE offer_id IN (
       SELECT offer_id FROM restocked_offer ORDER BY offer_id LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING offer_id`,
    [batch.size],
  );
  const offers: { offerId: string; listingId: string; title: string; listingTitle: string }[] =
    await manager.query(
      `SELECT o.id AS "offerId", o.listing_id AS "listingId", o.title, l.title AS "listingTitle"
       FROM offer o JOIN listing l ON l.id = o.listing_id
       CROSS JOIN LATERAL (SELECT available FROM offer_stock WHERE offer_id = o.id) AS s
       WHERE o.id = ANY($1) AND s.available > 0 AND ${onSaleSql} ORDER BY o.id`,
      [noted.map((row) => row.offer_id)],
    );
  for (const offer of offers) outbox.publish(catalogEvents.offerRestocked, offer.listingId, offer);
  return { taken: noted.length, done: offers.length };
}
