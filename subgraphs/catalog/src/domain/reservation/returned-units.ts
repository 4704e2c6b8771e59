import type { EntityManager } from 'typeorm';
import type { ReservationEntity } from '../../entities/reservation.js';
import { lockReservations } from '../locks.js';
import { freeSoldSeats } from '../seat/seat-assignment.js';
import { returnUnits } from '../stock/units.js';

/** Units of one line of a checkout. */
export interface LineUnits {
  sagaId: string;
  lineId: string;
  quantity: number;
  /** One for each unit of a seated offer, else empty. */
  seatIds: readonly string[];
}

/**
 * Reverses the sale of some units of checkouts: they are in stock again, and their seats free. The reservation has the
 * units that are left; it is RETURNED with the last one. Not idempotent: the caller handles each command once.
 * @throws Error if the units were not sold to the checkout, or a line is named twice
 */
export async function returnSoldUnits(manager: EntityManager, returned: readonly LineUnits[]): Promise<void> {
  const sold = await lockReservations(
    manager,
    returned.map(({ sagaId }) => sagaId),
  );
  if (new Set(returned.map(({ sagaId, lineId }) => `${sagaId} ${lineId}`)).size < returned.length)
    throw new Error('A line is returned twice in one transaction.');
  const lines = returned.map((units) => ({ units, line: lineOf(sold, units) }));
  await returnUnits(
    manager,
    lines.flatMap(({ units: { sagaId, quantity }, line: { offerId, seatIds } }) =>
      // The seats of a seated offer are its stock.
      seatIds.length === 0 ? [{ sagaId, offerId, quantity }] : [],
    ),
  );
  await freeSoldSeats(manager, returned);
  await manager.query(
    `UPDATE reservation r SET
       status = CASE WHEN r.quantity = w.quantity THEN 'RETURNED' ELSE r.status END,
       quantity = CASE WHEN r.quantity = w.quantity THEN r.quantity ELSE r.quantity - w.quantity END,
       seat_ids = CASE WHEN r.quantity = w.quantity THEN r.seat_ids
         ELSE ARRAY(SELECT s.id FROM unnest(r.seat_ids) WITH ORDINALITY AS s (id, nth)
           WHERE NOT w."seatIds" ? s.id::text ORDER BY nth) END
     FROM jsonb_to_recordset($1::jsonb)
       AS w ("sagaId" uuid, "lineId" uuid, quantity int, "seatIds" jsonb)
     WHERE r.saga_id = w."sagaId" AND r.line_id = w."lineId"`,
    [JSON.stringify(returned)],
  );
}

function lineOf(sold: readonly ReservationEntity[], units: LineUnits): ReservationEntity {
  const line = sold.find(({ sagaId, lineId }) => sagaId === units.sagaId && lineId === units.lineId);
  const isSold =
    line?.status === 'CONFIRMED' &&
    units.quantity <= line.quantity &&
    units.seatIds.length === (line.seatIds.length === 0 ? 0 : units.quantity) &&
    units.seatIds.every((seatId) => line.seatIds.includes(seatId));
  if (!line || !isSold) throw new Error(`Line ${units.lineId} was not sold to checkout ${units.sagaId}.`);
  return line;
}
