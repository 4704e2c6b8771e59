import { publishChange } from '@souk/shared/db/pending-changes';
import type { EntityManager } from 'typeorm';
import { lockOffers } from '../locks.js';
import { availabilityTopic } from '../topics.js';

/** Units by offer. */
export type Units = ReadonlyMap<string, number>;

/** Sums units by offer. */
export function sumByOffer(lines: Iterable<{ offerId: string; quantity: number }>): Units {
  const sums = new Map<string, number>();
  for (const { offerId, quantity } of lines) sums.set(offerId, (sums.get(offerId) ?? 0) + quantity);
  return sums;
}

/** Reserves available units in one conditional statement; returns the offers with insufficient stock. */
export async function allocateUnits(manager: EntityManager, units: Units): Promise<string[]> {
  return change(
    manager,
    units,
    `UPDATE offer o SET reserved = o.reserved + c.units
     FROM unnest($1::uuid[], $2::int[]) AS c (id, units)
     WHERE o.id = c.id AND (o.on_hand IS NULL OR o.on_hand - o.reserved >= c.units) RETURNING o.id, o.listing_id`,
  );
}

/** Releases reserved units. */
export async function releaseUnits(manager: EntityManager, units: Units): Promise<void> {
  await change(
    manager,
    units,
    `UPDATE offer o SET reserved = o.reserved - c.units
     FROM unnest($1::uuid[], $2::int[]) AS c (id, units) WHERE o.id = c.id RETURNING o.id, o.listing_id`,
  );
}

/** Sells reserved units. */
export async function sellReservedUnits(manager: EntityManager, units: Units): Promise<void> {
  await change(
    manager,
    units,
    `UPDATE offer o SET reserved = o.reserved - c.units, on_hand = o.on_hand - c.units, sold = o.sold + c.units
     FROM unnest($1::uuid[], $2::int[]) AS c (id, units) WHERE o.id = c.id RETURNING o.id, o.listing_id`,
  );
}

/** Reverses a sale: the units are in stock again. */
export async function returnUnits(manager: EntityManager, units: Units): Promise<void> {
  await change(
    manager,
    units,
    `UPDATE offer o SET on_hand = o.on_hand + c.units, sold = o.sold - c.units
     FROM unnest($1::uuid[], $2::int[]) AS c (id, units) WHERE o.id = c.id RETURNING o.id, o.listing_id`,
  );
}

/** Runs a statement on offers, locked in key order; returns those that it did not change. */
async function change(manager: EntityManager, units: Units, sql: string): Promise<string[]> {
  if (units.size === 0) return [];
  const ids = [...units.keys()].sort();
  await lockOffers(manager, ids);
  const [rows]: [{ id: string; listing_id: string }[], number] = await manager.query(sql, [
    ids,
    ids.map((id) => units.get(id)),
  ]);
  publishChange(
    manager,
    rows.map((row) => availabilityTopic(row.listing_id)),
  );
  const changed = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !changed.has(id));
}
