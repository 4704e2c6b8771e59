import type { EntityManager } from 'typeorm';
import { saleEnd } from '../availability.js';
import type { OfferOfListing } from '../offer/quote.js';
import type { CatalogSettings } from '../settings.js';

const minuteMs = 60_000;

/** Settings that limit how long scarce units wait for payment. */
export type ScarcityTerms = Pick<CatalogSettings, 'scarceUnits' | 'scarceHoldMinutes'>;

/**
 * SQL of `readScarceOffers`, exported for the query plan test. It counts at most one seat more than the
 * threshold. The row comparison and its ORDER BY match the index on offer and status; with an equality and a
 * LIMIT the planner may prefer a sequential scan.
 */
export const scarceOffersSql = `
  SELECT o.id FROM offer o
  WHERE o.id = ANY($1) AND CASE WHEN o.seated
    THEN (SELECT count(*) FROM (
      SELECT FROM event_seat s
      WHERE (s.offer_id, s.status) >= (o.id, 'AVAILABLE') AND (s.offer_id, s.status) <= (o.id, 'AVAILABLE')
      ORDER BY s.offer_id, s.status LIMIT $2 + 1) AS free) <= $2
    ELSE o.on_hand - o.reserved <= $2 END`;

/** Returns the offers that have few free units, including offers whose total stock is small. */
export async function readScarceOffers(
  manager: EntityManager,
  offerIds: readonly string[],
  { scarceUnits }: ScarcityTerms,
): Promise<ReadonlySet<string>> {
  if (offerIds.length === 0 || scarceUnits === 0) return new Set();
  const rows: { id: string }[] = await manager.query(scarceOffersSql, [offerIds, scarceUnits]);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Returns the payment deadline of a checkout: the earliest end of a sale (`saleEnd`), and soon for scarce offers.
 * Null without a limit.
 */
export function computePaymentDeadline(
  lines: readonly OfferOfListing[],
  scarce: ReadonlySet<string>,
  { scarceHoldMinutes }: ScarcityTerms,
  now: Date,
): Date | null {
  const soon = new Date(now.getTime() + scarceHoldMinutes * minuteMs);
  const limits = lines
    .flatMap(({ offer, listing }) => [saleEnd(offer, listing), scarce.has(offer.id) ? soon : null])
    .filter((limit) => limit !== null);
  return limits.length === 0 ? null : new Date(Math.min(...limits.map((limit) => limit.getTime())));
}
