import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import { lockGuestCartsOf } from '../locks.js';

/** What bounds the carts of guests. */
export interface GuestCartLimits {
  /** So long without a change a cart that is nobody's main cart is there, in days. */
  days: number;
  /** Such carts that were made from one network address, at most; of IPv6 a /64 is one. 0: no limit. */
  perAddress: number;
  /** Carts that are made from one network address within an hour, at most. 0: no limit. */
  perAddressAndHour: number;
}

export const defaultGuestCartLimits: GuestCartLimits = {
  days: 30,
  perAddress: 200,
  perAddressAndHour: 100,
};

/** A guest who may make a cart. */
export interface Guest {
  /** Digest of the network that the guest comes from; null where it is not known: then there is no bound. */
  network: string | null;
  limits: GuestCartLimits;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Empty carts hold nothing that somebody would look for. */
const emptyDays = 1;
const sweepBatch = 500;

/**
 * Makes a guest's cart and returns its id.
 * @throws Rejection TOO_MANY_CARTS where so many were made from the guest's network
 */
export async function createGuestCart(
  manager: EntityManager,
  guest: Guest | undefined,
  currency: string,
): Promise<string> {
  const network = guest?.network ?? null;
  if (guest && network !== null) {
    await lockGuestCartsOf(manager, network);
    await enforceLimits(manager, network, guest.limits);
  }
  // A guest's id must not be guessable: a UUIDv7 tells the time and counts up within it.
  const id = randomUUID();
  await manager.query(
    `INSERT INTO cart (id, is_main, currency, network, created_at, idle_since, updated_at)
     VALUES ($1, false, $2, $3, clock_timestamp(), clock_timestamp(), clock_timestamp())`,
    [id, currency, network],
  );
  return id;
}

interface Counts {
  carts: number;
  recent: number;
  /** When the cart that ends first was changed last. */
  oldest: Date | null;
  /** When the cart was made whose hour makes room for another one. */
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
    `At most ${limit} carts may be made ${when} from one address. Use one that is there, or sign in.`,
    { typename: 'TooManyCartsError', details: { limit, retryAt: retryAt.toISOString() } },
  );
}

/**
 * Removes carts that are nobody's main cart and were not changed for so many days, or are empty for a day; none that a
 * checkout has locked, and none that another transaction is at. Returns how many.
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
