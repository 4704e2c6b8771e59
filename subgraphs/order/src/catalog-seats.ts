import { Rejection } from '@souk/shared/errors';
import { z } from 'zod';
import { time, typeId } from './catalog-values.js';
import type { CatalogSeat } from './domain/catalog-port.js';

/** Statuses that block every buyer. */
const takenStatuses: ReadonlySet<string> = new Set(['SOLD', 'BLOCKED']);

/** The query of seats by id. */
export const seatQuery = `query Seats($seats: [_Any!]!) {
  _entities(representations: $seats) { ... on EventSeat { id status holder heldUntil offer { id } } }
}`;

/** The response to `seatQuery`. */
export const seatsAnswer = z.object({
  _entities: z.array(
    z
      .object({
        id: typeId('seat'),
        status: z.string(),
        holder: z.string().nullable(),
        heldUntil: time,
        offer: z.object({ id: typeId('offer') }),
      })
      .nullable(),
  ),
});

/** Returns the seats of responses by UUID. */
export function toCatalogSeats(
  answers: readonly z.infer<typeof seatsAnswer>[],
): ReadonlyMap<string, CatalogSeat> {
  const seats = answers.flatMap(({ _entities }) => _entities).filter((seat) => seat !== null);
  return new Map(
    seats.map(({ id, status, holder, heldUntil, offer }) => [
      id,
      { offerId: offer.id, isTaken: takenStatuses.has(status), holder, heldUntil },
    ]),
  );
}

/** Catalog's mutations for carts. */
export type SeatMutation = 'holdCartSeats' | 'releaseCartSeats';

/** The documents of the mutations; `change` is the payload. */
export const seatMutations: Readonly<Record<SeatMutation, string>> = {
  holdCartSeats: documentOf('holdCartSeats'),
  releaseCartSeats: documentOf('releaseCartSeats'),
};

function documentOf(mutation: SeatMutation): string {
  return `mutation CartSeats($seatIds: [ID!]!, $userId: ID, $cartDigests: [ID!]!) {
    change: ${mutation}(seatIds: $seatIds, userId: $userId, cartDigests: $cartDigests) {
      userErrors { __typename code message ... on SeatUnavailableError { seatIds }
        ... on MaxPerOrderError { offerId maximum held } ... on TooManyHoldsError { maximum held } } } }`;
}

/** The response to a mutation of seats. */
export const seatHoldAnswer = z.object({
  change: z.object({
    userErrors: z.array(
      z.object({
        __typename: z.string(),
        code: z.string(),
        message: z.string(),
        seatIds: z.array(z.string()).optional(),
        offerId: z.string().optional(),
        maximum: z.int().optional(),
        held: z.int().optional(),
      }),
    ),
  }),
});

/** Returns the refusals of a response, without a field. Catalog's INVALID is an offer that is not on sale. */
export function readRefusals({ change }: z.infer<typeof seatHoldAnswer>): Rejection[] {
  return change.userErrors.map(
    ({ __typename: typename, code, message, ...details }) =>
      new Rejection(code === 'INVALID' ? 'NOT_ON_SALE' : code, message, {
        typename,
        details: Object.fromEntries(
          Object.entries(details).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
        ),
      }),
  );
}
