import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import { lockBuyers } from '../domain/locks.js';
import type { RequestedLine } from '../domain/purchase/purchase-validation.js';
import { exceedsMaximum, unitsOf } from '../domain/purchase/purchase-validation.js';
import type { FailedCheckouts, OpenCheckout } from './saga-store.js';
import { countFailedCheckouts, readOpenCheckouts, readUnpaidUnits } from './saga-store.js';

/** Limits of a buyer's checkouts. */
export interface BuyerBounds {
  /** Maximum number of open checkouts. */
  maxOpenPerBuyer: number;
  /** Maximum number of failed checkouts per hour. 0: no limit. */
  maxFailedPerHour: number;
}

const hourMs = 3_600_000;

/** Open checkouts of a buyer and what they hold. */
interface BuyerState {
  open: number;
  /** Units that their unpaid checkouts hold, by offer. */
  unpaid: ReadonlyMap<string, number>;
  /** End of the limit by failed checkouts; null if it does not apply. */
  retryAt: Date | null;
}

/**
 * Limits of each buyer: open checkouts, failed checkouts, and unpaid units of an offer, at most the maximum
 * of one order.
 */
export class BuyerLimits {
  readonly #buyers: ReadonlyMap<string, BuyerState>;
  readonly #bounds: BuyerBounds;

  private constructor(buyers: ReadonlyMap<string, BuyerState>, bounds: BuyerBounds) {
    this.#buyers = buyers;
    this.#bounds = bounds;
  }

  /**
   * Reads the buyers' state and locks them until the transaction ends, so that the limits are exact across
   * processes.
   */
  static async lock(
    manager: EntityManager,
    userIds: readonly string[],
    bounds: BuyerBounds,
    now: Date,
  ): Promise<BuyerLimits> {
    await lockBuyers(manager, userIds);
    return BuyerLimits.read(manager, userIds, bounds, now);
  }

  /** Reads the buyers' state without a lock, to report violations together with others. */
  static async read(
    manager: EntityManager,
    userIds: readonly string[],
    bounds: BuyerBounds,
    now: Date,
  ): Promise<BuyerLimits> {
    const ids = [...new Set(userIds)];
    const open = await readOpenCheckouts(manager, ids);
    const units = await readUnpaidUnits(
      manager,
      open.filter(({ status }) => status === 'WAITING').map(({ orderId }) => orderId),
    );
    const { maxFailedPerHour } = bounds;
    const since = new Date(now.getTime() - hourMs);
    const failed =
      maxFailedPerHour === 0 ? [] : await countFailedCheckouts(manager, ids, since, maxFailedPerHour);
    const retries = new Map(failed.map((count) => [count.userId, retryAfter(count, maxFailedPerHour)]));
    return new BuyerLimits(
      new Map(ids.map((id) => [id, { ...stateOf(id, open, units), retryAt: retries.get(id) ?? null }])),
      bounds,
    );
  }

  /** Returns the rejections of a checkout of these lines, if any. */
  refusals(userId: string, lines: readonly RequestedLine[]): Rejection[] {
    const { open, unpaid, retryAt } = this.#stateOf(userId);
    const { maxOpenPerBuyer: maxOpen, maxFailedPerHour } = this.#bounds;
    const tooManyFailed =
      retryAt === null
        ? []
        : [
            new Rejection(
              'TOO_MANY_ATTEMPTS',
              `${maxFailedPerHour} of your checkouts failed within an hour. Try again after ${retryAt.toISOString()}.`,
              { typename: 'TooManyAttemptsError', details: { retryAt: retryAt.toISOString() } },
            ),
          ];
    const tooMany =
      open < maxOpen
        ? []
        : [
            new Rejection(
              'TOO_MANY_OPEN_CHECKOUTS',
              `A buyer may have ${maxOpen} open checkouts at once; pay or cancel one of your ${open}.`,
              { typename: 'TooManyOpenCheckoutsError', details: { limit: maxOpen, open } },
            ),
          ];
    const last = new Map(lines.map((line) => [line.offer.offerId, line]));
    const tooManyUnits = [...last].flatMap(([offerId, line]) => {
      const held = unpaid.get(offerId) ?? 0;
      const units = unitsOf(offerId, lines);
      const { maxPerOrder } = line.offer;
      // `validateLines` already rejects more units than one order may have.
      if (held === 0 || units > maxPerOrder || units + held <= maxPerOrder) return [];
      return [exceedsMaximum(line, held)];
    });
    return [...tooManyFailed, ...tooMany, ...tooManyUnits];
  }

  /** Counts a checkout that this transaction starts. */
  add(userId: string): void {
    this.#stateOf(userId).open += 1;
  }

  #stateOf(userId: string): BuyerState {
    const state = this.#buyers.get(userId);
    if (!state) throw new Error(`The limits of ${userId} were not read.`);
    return state;
  }
}

function stateOf(
  userId: string,
  checkouts: readonly OpenCheckout[],
  units: readonly { orderId: string; offerId: string; units: number }[],
): Omit<BuyerState, 'retryAt'> {
  const own = checkouts.filter((checkout) => checkout.userId === userId);
  const orders = new Set(own.map(({ orderId }) => orderId));
  const unpaid = new Map<string, number>();
  for (const line of units) {
    if (orders.has(line.orderId)) unpaid.set(line.offerId, (unpaid.get(line.offerId) ?? 0) + line.units);
  }
  return { open: own.length, unpaid };
}

function retryAfter({ failed, nth }: FailedCheckouts, limit: number): Date | null {
  return failed >= limit && nth ? new Date(nth.getTime() + hourMs) : null;
}
