import type { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { lockBuyers } from '../locks.js';
import type { LimitedOffer } from '../offer/quote.js';
import { exceedsMaximum } from '../offer/quote.js';
import type { AllocationRequest, AllocationLimit } from './stock-allocation.js';

/** SQL that reads the unpaid holdings of buyers, exported for the query plan test. */
export const unpaidUnitsSql = `
  SELECT w.user_id AS "userId", w.offer_id AS "offerId", r.units, s.seats
  FROM unnest($1::uuid[], $2::uuid[]) AS w (user_id, offer_id)
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(quantity), 0)::int AS units FROM reservation
    WHERE user_id = w.user_id AND offer_id = w.offer_id AND status = 'HELD'
  ) r
  CROSS JOIN LATERAL (
    SELECT COALESCE(array_agg(id), '{}') AS seats FROM event_seat
    WHERE held_by = w.user_id AND offer_id = w.offer_id AND status = 'HELD' AND saga_id IS NULL AND held_until > now()
  ) s`;

/** Unpaid units of one offer that one buyer holds. */
interface Holding {
  /** Units that their checkouts hold, including seats. */
  reserved: number;
  /** Seats that they hold manually. */
  seats: Set<string>;
}

/**
 * Limits the unpaid units of an offer that one buyer may hold, manually and in checkouts together, to the
 * maximum of one order. A checkout's hold counts until it is confirmed or released, even after it has
 * expired, because a late payment may extend it.
 */
export class UnpaidUnits implements AllocationLimit {
  readonly #holdings: Map<string, Holding>;
  readonly #offers: ReadonlyMap<string, LimitedOffer>;

  private constructor(holdings: Map<string, Holding>, offers: ReadonlyMap<string, LimitedOffer>) {
    this.#holdings = holdings;
    this.#offers = offers;
  }

  /**
   * Reads the holdings of the requests' buyers and locks these buyers until the transaction ends, so that the
   * limit is exact across processes. It locks buyers and not offers, so that a popular offer is not locked
   * longer.
   */
  static async lock(
    manager: EntityManager,
    requests: readonly AllocationRequest[],
    offers: ReadonlyMap<string, LimitedOffer>,
  ): Promise<UnpaidUnits> {
    const pairs = new Map(
      requests.flatMap((request) =>
        [...unitsByOffer(request).keys()].map((offerId) => {
          const { userId } = request.holder;
          return [keyOf(userId, offerId), { userId, offerId }] as const;
        }),
      ),
    );
    if (pairs.size === 0) return new UnpaidUnits(new Map(), offers);
    await lockBuyers(
      manager,
      requests.map(({ holder }) => holder.userId),
    );
    const rows: { userId: string; offerId: string; units: number; seats: string[] }[] = await manager.query(
      unpaidUnitsSql,
      [[...pairs.values()].map(({ userId }) => userId), [...pairs.values()].map(({ offerId }) => offerId)],
    );
    return new UnpaidUnits(
      new Map(
        rows.map(({ userId, offerId, units, seats }) => [
          keyOf(userId, offerId),
          { reserved: units, seats: new Set(seats) },
        ]),
      ),
      offers,
    );
  }

  /**
   * Returns why the buyer cannot have the requested units as well, or null. Seats that they already hold
   * count once.
   */
  refusal(request: AllocationRequest): Rejection | null {
    for (const [offerId, units] of unitsByOffer(request)) {
      const offer = this.#offers.get(offerId);
      const { reserved, seats } = this.#holdingOf(request, offerId);
      const wantedSeats = new Set(seatsOf(request, offerId));
      const others = reserved + [...seats].filter((id) => !wantedSeats.has(id)).length;
      if (offer && others + units > offer.maximum) return exceedsMaximum(offer, others);
    }
    return null;
  }

  /** Counts a granted request. */
  grant(request: AllocationRequest): void {
    for (const [offerId, units] of unitsByOffer(request)) {
      const holding = this.#holdingOf(request, offerId);
      const isByHand = request.holder.sagaId === null;
      for (const id of seatsOf(request, offerId)) {
        if (isByHand) holding.seats.add(id);
        else holding.seats.delete(id);
      }
      if (!isByHand) holding.reserved += units;
    }
  }

  #holdingOf({ holder: { userId } }: AllocationRequest, offerId: string): Holding {
    const holding = this.#holdings.get(keyOf(userId, offerId));
    if (!holding) throw new Error(`The holdings of ${userId} in ${offerId} were not read.`);
    return holding;
  }
}

/** Units of a request by offer, including seats. */
function unitsByOffer({ units, seats }: AllocationRequest): Map<string, number> {
  const sums = new Map(units);
  for (const { offerId } of seats) sums.set(offerId, (sums.get(offerId) ?? 0) + 1);
  return sums;
}

function seatsOf({ seats }: AllocationRequest, offerId: string): string[] {
  return seats.filter((seat) => seat.offerId === offerId).map(({ id }) => id);
}

function keyOf(userId: string, offerId: string): string {
  return `${userId} ${offerId}`;
}
