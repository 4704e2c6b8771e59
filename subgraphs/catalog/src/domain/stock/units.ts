import { publishChange } from '@souk/shared/db/pending-changes';
import type { EntityManager } from 'typeorm';
import { lockOffers } from '../locks.js';
import { availabilityTopic } from '../topics.js';

/** Units by offer. */
export type Units = ReadonlyMap<string, number>;

/** Units of an offer that a checkout moves. */
export interface CheckoutUnits {
  sagaId: string;
  offerId: string;
  quantity: number;
}

/** Sums units by offer. */
export function sumByOffer(lines: Iterable<{ offerId: string; quantity: number }>): Units {
  const sums = new Map<string, number>();
  for (const { offerId, quantity } of lines) sums.set(offerId, (sums.get(offerId) ?? 0) + quantity);
  return sums;
}

/** How units change an offer's columns, each by so many times the units. */
interface Movement {
  kind: 'RESERVE' | 'RELEASE' | 'SELL' | 'RETURN';
  onHand: -1 | 0 | 1;
  reserved: -1 | 0 | 1;
  sold: -1 | 0 | 1;
  /** Whether offers with too few free units stay as they are. */
  isConditional?: boolean;
}

const reserve: Movement = { kind: 'RESERVE', onHand: 0, reserved: 1, sold: 0, isConditional: true };
const release: Movement = { kind: 'RELEASE', onHand: 0, reserved: -1, sold: 0 };
const sell: Movement = { kind: 'SELL', onHand: -1, reserved: -1, sold: 1 };
const giveBack: Movement = { kind: 'RETURN', onHand: 1, reserved: 0, sold: -1 };

/** Reserves available units in one conditional statement; returns the offers with insufficient stock. */
export function allocateUnits(manager: EntityManager, units: readonly CheckoutUnits[]): Promise<string[]> {
  return move(manager, reserve, units);
}

/** Releases reserved units. */
export async function releaseUnits(manager: EntityManager, units: readonly CheckoutUnits[]): Promise<void> {
  await move(manager, release, units);
}

/** Sells reserved units. */
export async function sellReservedUnits(
  manager: EntityManager,
  units: readonly CheckoutUnits[],
): Promise<void> {
  await move(manager, sell, units);
}

/** Reverses a sale: the units are in stock again. */
export async function returnUnits(manager: EntityManager, units: readonly CheckoutUnits[]): Promise<void> {
  await move(manager, giveBack, units);
}

/**
 * Moves the units of many checkouts: one statement changes the offers, locked in key order, and records a movement for each
 * checkout and offer. Returns the offers that it did not change.
 */
async function move(
  manager: EntityManager,
  movement: Movement,
  units: readonly CheckoutUnits[],
): Promise<string[]> {
  if (units.length === 0) return [];
  const sums = sumByOffer(units);
  const ids = [...sums.keys()].sort();
  await lockOffers(manager, ids);
  const rows: { id: string; listing_id: string }[] = await manager.query(moveSql(movement), [
    ids,
    ids.map((id) => sums.get(id)),
    units.map(({ offerId }) => offerId),
    units.map(({ sagaId }) => sagaId),
    units.map(({ quantity }) => quantity),
  ]);
  publishChange(
    manager,
    rows.map((row) => availabilityTopic(row.listing_id)),
  );
  const changed = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !changed.has(id));
}

function moveSql({ kind, onHand, reserved, sold, isConditional = false }: Movement): string {
  const free = isConditional ? 'AND (o.on_hand IS NULL OR o.on_hand - o.reserved >= c.units)' : '';
  const columns = Object.entries({ on_hand: onHand, reserved, sold })
    .filter(([, times]) => times !== 0)
    .map(([column, times]) => `${column} = o.${column} ${times > 0 ? '+' : '-'} c.units`);
  return `WITH changed AS (
      UPDATE offer o SET ${columns.join(', ')}
      FROM unnest($1::uuid[], $2::int[]) AS c (id, units) WHERE o.id = c.id ${free}
      RETURNING o.id, o.listing_id, o.on_hand
    ), moved AS (
      INSERT INTO stock_movement (offer_id, kind, on_hand, reserved, saga_id)
      SELECT c.id, '${kind}', CASE WHEN c.on_hand IS NULL THEN 0 ELSE sum(m.units) * ${onHand} END,
        sum(m.units) * ${reserved}, m.saga_id
      FROM unnest($3::uuid[], $4::uuid[], $5::int[]) AS m (offer_id, saga_id, units)
      JOIN changed c ON c.id = m.offer_id GROUP BY c.id, c.on_hand, m.saga_id
    )
    SELECT id, listing_id FROM changed`;
}
