import { Rejection, rejectionsOf, Rejections, Unavailable } from '@souk/shared/errors';
import type { CatalogPort, CatalogSeat, RequestSource, SeatHolder } from '../catalog-port.js';
import { isHeldBy } from './seat-holder.js';

// Seats of carts are held in catalog, in its own transaction. A hold is made before the cart's transaction and released
// after it: a crash in between leaves a hold without a line, which ends by itself.

/** Seats of a cart and under whom they are held. */
export interface CartSeats {
  holder: SeatHolder;
  /** UUIDs. */
  seatIds: readonly string[];
}

/** How seats are held: by a client's request. */
export interface SeatHolds {
  catalog: CatalogPort;
  source: RequestSource;
}

/**
 * Holds seats, then changes the cart. Releases the seats that were not the buyer's before if the change is refused.
 * @param known catalog's state of the seats before
 * @throws Rejections of the hold, at `field`, or of the change; Unavailable
 */
export async function withHeldSeats<Result>(
  { catalog, source }: SeatHolds,
  { holder, seatIds }: CartSeats,
  known: ReadonlyMap<string, CatalogSeat>,
  field: readonly string[],
  change: () => Promise<Result>,
): Promise<Result> {
  if (seatIds.length === 0) return change();
  await holdAt(field, () => catalog.holdSeats(seatIds, holder, source));
  try {
    return await change();
  } catch (error) {
    const added = seatIds.filter((id) => !isHeldBy(holder, known.get(id)?.holder ?? null));
    // After a fault the change may have been committed all the same.
    if (rejectionsOf(error) !== null) await releaseCartSeats({ catalog, source }, { holder, seatIds: added });
    throw error;
  }
}

/** Releases seats that have left a cart. Where catalog is unavailable, the holds end by themselves. */
export async function releaseCartSeats(
  { catalog, source }: SeatHolds,
  { holder, seatIds }: CartSeats,
): Promise<void> {
  for (const part of partsOf(seatIds))
    await unlessUnavailable(() => catalog.releaseSeats(part, holder, source));
}

/**
 * Moves the holds of a guest's cart to the user who has taken over its lines. Where it fails, the holds stay under the
 * guest's cart, and a checkout finds them there.
 */
export async function takeOverSeats(
  { catalog, source }: SeatHolds,
  { holder, seatIds }: CartSeats,
): Promise<void> {
  await unlessUnavailable(async () => {
    const seats = await catalog.findSeats(seatIds);
    const others = seatIds.filter((id) => {
      const { holder: present = null } = seats.get(id) ?? {};
      return present !== holder.userId && isHeldBy(holder, present);
    });
    for (const part of partsOf(others)) await catalog.holdSeats(part, holder, source);
  });
}

/** Returns the earliest end of the holds of a line's seats; null if one of them is not held by the buyer. */
export function heldUntilOf(
  holder: SeatHolder,
  seats: readonly (CatalogSeat | null | undefined)[],
): Date | null {
  const ends = seats.map((seat) => (seat && isHeldBy(holder, seat.holder) ? seat.heldUntil : null));
  if (ends.length === 0 || ends.includes(null)) return null;
  return new Date(Math.min(...ends.map((end) => end?.getTime() ?? 0)));
}

/** Catalog's limit of seats in one mutation. */
const maxSeats = 100;

function partsOf(seatIds: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(seatIds.length / maxSeats) }, (_, part) =>
    seatIds.slice(part * maxSeats, (part + 1) * maxSeats),
  );
}

async function holdAt(field: readonly string[], hold: () => Promise<void>): Promise<void> {
  try {
    await hold();
  } catch (error) {
    const refusals = rejectionsOf(error);
    if (refusals === null) throw error;
    throw new Rejections(
      refusals.map((refusal) => Rejection.fromData({ ...refusal.toData(), field: [...field] })),
    );
  }
}

/** Ignores that catalog is unavailable, and refusals: what the buyer does not hold is not theirs to keep. */
async function unlessUnavailable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Unavailable) && rejectionsOf(error) === null) throw error;
  }
}
