import { Rejection } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { CatalogSettings } from '../settings.js';

// A buyer may hold a seat in the seat map for a limited total time. Extending the hold or taking the seat
// again does not reset that time; leaving the seat free for the length of one hold does.

const minuteMs = 60_000;

/** Durations of holds. */
export type HoldTerms = Pick<CatalogSettings, 'holdMinutes' | 'holdMaxMinutes'>;

/** Returns the earliest end of a previous hold that the same buyer's new hold continues. */
export function holdContinuationCutoff({ holdMinutes }: HoldTerms, now: Date): Date {
  return new Date(now.getTime() - holdMinutes * minuteMs);
}

interface SeatHoldPeriod {
  id: string;
  /** Start of the buyer's total time for this seat. */
  heldSince: Date;
  /** End of their last hold, past or future. */
  lastHoldEnds: Date;
}

/**
 * Returns the latest end of a hold for each of these locked seats.
 * @throws Rejection SEAT_UNAVAILABLE for seats whose total time is used up, with the time from which they can
 * be held again
 */
export async function holdDeadlines(
  manager: EntityManager,
  holderIds: readonly string[],
  seatIds: readonly string[],
  terms: HoldTerms,
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  const clocks: SeatHoldPeriod[] = await manager.query(
    `SELECT id, held_since AS "heldSince", last_hold_ends AS "lastHoldEnds" FROM event_seat
     WHERE id = ANY($1) AND last_holder = ANY($2) AND last_hold_ends > $3 AND held_since IS NOT NULL`,
    [seatIds, holderIds, holdContinuationCutoff(terms, now)],
  );
  const usedUp = clocks.filter((clock) => endOf(clock, terms) <= now);
  if (usedUp.length > 0) throw holdLimitReached(usedUp, terms);
  const since = new Map(clocks.map((clock) => [clock.id, clock]));
  const fresh = new Date(now.getTime() + terms.holdMinutes * minuteMs);
  return new Map(
    seatIds.map((id) => {
      const clock = since.get(id);
      const end = clock ? endOf(clock, terms) : fresh;
      return [id, end < fresh ? end : fresh];
    }),
  );
}

function endOf({ heldSince }: SeatHoldPeriod, { holdMaxMinutes }: HoldTerms): Date {
  return new Date(heldSince.getTime() + holdMaxMinutes * minuteMs);
}

function holdLimitReached(clocks: readonly SeatHoldPeriod[], terms: HoldTerms): Rejection {
  const ends = Math.max(...clocks.map(({ lastHoldEnds }) => lastHoldEnds.getTime()));
  const again = new Date(ends + terms.holdMinutes * minuteMs).toISOString().slice(0, 19).replace('T', ' ');
  const message =
    `You have held ${clocks.length === 1 ? 'a seat' : `${clocks.length} of the seats`} for ` +
    `${terms.holdMaxMinutes} minutes, the longest that a seat is held. Left to others until then, ` +
    `it can be held again from ${again} UTC. It can still be bought.`;
  return new Rejection('SEAT_UNAVAILABLE', message, {
    field: ['seatIds'],
    typename: 'SeatUnavailableError',
    details: { seatIds: clocks.map(({ id }) => toApiId('seat', id)) },
  });
}
