import type { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { lockBuyers } from '../locks.js';
import type { LimitedOffer } from '../offer/quote.js';
import { exceedsMaximum } from '../offer/quote.js';
import type { AllocationRequest, AllocationLimit } from './stock-allocation.js';

/** SQL that reads what buyers hold unpaid of offers; a test looks at its plan. */
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

/** What one buyer holds of one offer and has not paid for. */
interface Holding {
  /** Units that their checkouts hold, seats among them. */
  reserved: number;
  /** Seats that they hold by hand. */
  seats: Set<string>;
}

/**
 * The limit of units of an offer that one buyer may hold without having paid, by hand and in checkouts together: as many
 * as one order may have. A hold in a checkout counts until it is confirmed or given back, even past its time: a late
 * payment may still extend it.
 */
export class UnpaidUnits implements AllocationLimit {
  readonly #holdings: Map<string, Holding>;
  readonly #offers: ReadonlyMap<string, LimitedOffer>;

  private constructor(holdings: Map<string, Holding>, offers: ReadonlyMap<string, LimitedOffer>) {
    this.#holdings = holdings;
    this.#offers = offers;
  }

  /**
   * Reads what the requests' buyers hold of the claimed offers, and lets no other transaction take more for them until this
   * one ends: so the limit is exact across processes. The buyers are locked, not the offers: a hot offer is locked no
   * longer by it.
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

  /** Why the buyer may not take what is claimed as well; null where they may. Seats that they hold already count once. */
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

  /** Counts what is granted. */
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
    if (!holding) throw new Error(`What ${userId} holds of ${offerId} was not read.`);
    return holding;
  }
}

/** Units of a request by offer, seats among them. */
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
