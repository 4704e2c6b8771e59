import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { lockNetwork } from '../locks.js';
import type { LimitedOffer } from '../offer/quote.js';
import type { RequestedSeat } from '../seat/seat-assignment.js';
import type { CatalogSettings } from '../settings.js';

/** Settings that limit the manual holds of one network. */
export type NetworkTerms = Pick<CatalogSettings, 'holdersPerNetwork'>;

/** SQL that counts the manual holds of a network besides the given seats, exported for the query plan test. */
export const networkHoldsSql = `
  SELECT offer_id AS "offerId", count(*)::int AS held FROM event_seat
  WHERE held_from = $1 AND offer_id = ANY($2) AND status = 'HELD' AND saga_id IS NULL AND held_until > now()
    AND id <> ALL($3)
  GROUP BY offer_id`;

/**
 * Checks that these seats are within the manual holds that one network may have of an offer, exactly across processes.
 * Accounts cost nothing, so the limit per buyer does not keep one person from holding every seat. A checkout needs no
 * hold and is not limited by network.
 * @param network null: there is no limit
 * @throws Rejection TOO_MANY_HOLDS
 */
export async function checkNetworkHolds(
  manager: EntityManager,
  network: string | null,
  seats: readonly RequestedSeat[],
  offers: ReadonlyMap<string, LimitedOffer>,
  { holdersPerNetwork }: NetworkTerms,
): Promise<void> {
  if (network === null) return;
  await lockNetwork(manager, network);
  const rows: { offerId: string; held: number }[] = await manager.query(networkHoldsSql, [
    network,
    [...offers.keys()],
    seats.map(({ id }) => id),
  ]);
  const held = new Map(rows.map((row) => [row.offerId, row.held]));
  for (const { id, title, maximum } of offers.values()) {
    const wanted = seats.filter(({ offerId }) => offerId === id).length;
    if ((held.get(id) ?? 0) + wanted <= holdersPerNetwork * maximum) continue;
    throw new Rejection(
      'TOO_MANY_HOLDS',
      `Too many seats of ${title} are held from your network. You can buy them without a hold, or try again later.`,
      { field: ['seatIds'] },
    );
  }
}
