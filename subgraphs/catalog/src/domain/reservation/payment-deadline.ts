import type { EntityManager } from 'typeorm';
import type { OfferOfListing } from '../offer/quote.js';
import type { CatalogSettings } from '../settings.js';

const minuteMs = 60_000;

/** What decides how long few units wait for money. */
export type ScarcityTerms = Pick<CatalogSettings, 'scarceUnits' | 'scarceHoldMinutes'>;

/**
 * SQL of `readScarce`; a test looks at its plan. Of a seated offer's seats no more are counted than decide it. Rows are
 * compared, and ordered, so that they are read in the order of the index on offer and status: for an equation and a limit
 * the planner may prefer to go through the table.
 */
export const scarceOffersSql = `
  SELECT o.id FROM offer o
  WHERE o.id = ANY($1) AND CASE WHEN o.seated
    THEN (SELECT count(*) FROM (
      SELECT FROM event_seat s
      WHERE (s.offer_id, s.status) >= (o.id, 'AVAILABLE') AND (s.offer_id, s.status) <= (o.id, 'AVAILABLE')
      ORDER BY s.offer_id, s.status LIMIT $2 + 1) AS free) <= $2
    ELSE o.on_hand - o.reserved <= $2 END`;

/** Those of the offers of which few units are left: of offers with few units in all it is always so. */
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
 * When a checkout of these offers must be paid at the latest: before an event or a departure begins and a sale ends, and
 * soon where few units are left. Null where nothing limits it.
 */
export function computePaymentDeadline(
  lines: readonly OfferOfListing[],
  scarce: ReadonlySet<string>,
  { scarceHoldMinutes }: ScarcityTerms,
  now: Date,
): Date | null {
  const soon = new Date(now.getTime() + scarceHoldMinutes * minuteMs);
  const limits = lines
    .flatMap(({ offer, listing }) => [
      listing.kind === 'EVENT' ? listing.startsAt : null,
      offer.startsAt,
      offer.salesEndAt,
      scarce.has(offer.id) ? soon : null,
    ])
    .filter((limit) => limit !== null);
  return limits.length === 0 ? null : new Date(Math.min(...limits.map((limit) => limit.getTime())));
}
