import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import { lockGuestCartsOf } from '../locks.js';

/** Limits of guest carts. */
export interface GuestCartLimits {
  /** Retention of carts that are not a main cart, after their last change, in days. */
  days: number;
  /** Maximum number of such carts per network address (IPv6: per /64). 0: no limit. */
  perAddress: number;
  /** Maximum number of carts that one network address may create per hour. 0: no limit. */
  perAddressAndHour: number;
}

export const defaultGuestCartLimits: GuestCartLimits = {
  days: 30,
  perAddress: 200,
  perAddressAndHour: 100,
};

/** A guest who may create a cart. */
export interface Guest {
  /** Digest of the guest's network; null if unknown: then no limit applies. */
  network: string | null;
  limits: GuestCartLimits;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Retention of empty carts, in days. */
const emptyDays = 1;
const sweepBatch = 500;

/**
 * Creates a guest cart.
 * @param id a random UUIDv4: a UUIDv7 contains the time and a counter and could be guessed
 * @throws Rejection TOO_MANY_CARTS if the guest's network has reached a limit
 */
export async function createGuestCart(
  manager: EntityManager,
  id: string,
  guest: Guest | undefined,
  currency: string,
): Promise<void> {
  const network = guest?.network ?? null;
  if (guest && network !== null) {
    await lockGuestCartsOf(manager, network);
    await enforceLimits(manager, network, guest.limits);
  }
  await manager.query(
    `INSERT INTO cart (id, is_main, currency, network, created_at, idle_since, updated_at)
     VALUES ($1, false, $2, $3, clock_timestamp(), clock_timestamp(), clock_timestamp())`,
    [id, currency, network],
  );
}

interface Counts {
  carts: number;
  recent: number;
  /** Last change of the cart that is removed first. */
  oldest: Date | null;
  /** Creation of the cart that leaves the hourly window next. */
  nth: Date | null;
}

/** @throws Rejection TOO_MANY_CARTS */
async function enforceLimits(
  manager: EntityManager,
  network: string,
  { days, perAddress, perAddressAndHour }: GuestCartLimits,
): Promise<void> {
  const [counts]: Counts[] = await manager.query(
    `SELECT count(*)::int AS carts, min(idle_since) AS oldest,
       (count(*) FILTER (WHERE created_at > clock_timestamp() - interval '1 hour'))::int AS recent,
       (array_agg(created_at ORDER BY created_at DESC))[$2::int] AS nth
     FROM cart WHERE network = $1`,
    [network, perAddressAndHour],
  );
  if (!counts) return;
  const { carts, recent, oldest, nth } = counts;
  if (perAddressAndHour > 0 && recent >= perAddressAndHour && nth) {
    throw tooManyCarts(perAddressAndHour, 'within an hour', new Date(nth.getTime() + hourMs));
  }
  if (perAddress > 0 && carts >= perAddress && oldest) {
    throw tooManyCarts(perAddress, 'at once', new Date(oldest.getTime() + days * dayMs));
  }
}

function tooManyCarts(limit: number, when: string, retryAt: Date): Rejection {
  return new Rejection(
    'TOO_MANY_CARTS',
    `At most ${limit} carts may be made ${when} from one address. Use an existing cart, or sign in.`,
    { typename: 'TooManyCartsError', details: { limit, retryAt: retryAt.toISOString() } },
  );
}

/**
 * Deletes carts that are not a main cart and were unchanged for `days`, or empty for a day. Skips carts with
 * a running checkout and locked rows. Returns the number of deleted carts.
 */
export async function removeStaleCarts(manager: EntityManager, days: number, now: Date): Promise<number> {
  const idle = await removeWhere(manager, 'idle_since', new Date(now.getTime() - days * dayMs));
  const empty = await removeWhere(manager, 'emptied_at', new Date(now.getTime() - emptyDays * dayMs));
  return idle + empty;
}

async function removeWhere(
  manager: EntityManager,
  column: 'idle_since' | 'emptied_at',
  before: Date,
): Promise<number> {
  for (let removed = 0; ;) {
    const [, count]: [unknown, number] = await manager.query(
      `DELETE FROM cart WHERE id IN (
         SELECT id FROM cart WHERE ${column} < $1 AND NOT is_main AND locked_by IS NULL
         ORDER BY ${column} LIMIT ${sweepBatch} FOR UPDATE SKIP LOCKED)`,
      [before],
    );
    removed += count;
    if (count < sweepBatch) return removed;
  }
}
