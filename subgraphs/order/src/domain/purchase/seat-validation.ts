import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { CatalogSeat } from '../catalog-port.js';
import type { RequestedLine } from './purchase-validation.js';

/**
 * Returns the seats of lines with seated offers (UUIDs); seats of other lines are rejected without a lookup.
 */
export function seatsToLookUp(lines: readonly Pick<RequestedLine, 'offer' | 'seatIds'>[]): string[] {
  return lines.flatMap((line) => (line.offer.seated ? line.seatIds : []));
}

/** Rejects seats that do not exist or belong to another offer. The saga checks whether they are free. */
export function validateSeatReferences(
  line: RequestedLine,
  seats: ReadonlyMap<string, CatalogSeat>,
  field: readonly string[],
): Rejection[] {
  if (!line.offer.seated) return [];
  return line.seatIds.flatMap((seatId, index) =>
    seats.get(seatId)?.offerId === line.offer.offerId
      ? []
      : [
          new Rejection('NOT_FOUND', `${JSON.stringify(line.offer.title)} has no such seat.`, {
            field: [...field, 'seatIds', index.toString()],
          }),
        ],
  );
}

/** Rejects seats that are sold, blocked, held by others or no longer exist. */
export function validateSeatAvailability(
  line: RequestedLine,
  seats: ReadonlyMap<string, CatalogSeat>,
  isOwn: (holder: string) => boolean,
): Rejection[] {
  if (!line.offer.seated) return [];
  const taken = line.seatIds.filter((seatId) => {
    const seat = seats.get(seatId);
    return !seat || seat.isTaken || (seat.holder !== null && !isOwn(seat.holder));
  });
  if (taken.length === 0) return [];
  return [
    new Rejection(
      'SEAT_UNAVAILABLE',
      `A seat of ${JSON.stringify(line.offer.title)} is no longer available.`,
      {
        field: line.field && [...line.field, 'seatIds'],
        typename: 'SeatUnavailableError',
        details: { seatIds: taken.map((seatId) => toApiId('seat', seatId)) },
      },
    ),
  ];
}
