import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { Rejection, Unavailable } from '@souk/shared/errors';
import { lockCardAttempts } from '../locks.js';
import type { ProviderLimits } from './provider-limits.js';

// Card testers try stolen cards until one is accepted. Payment counts an attempt before it calls the provider, so that
// concurrent attempts cannot exceed the limit. Declined attempts stay counted.

/** An attempt to pay by card. */
export interface CardAttempt {
  /** UUID; a repeat of the attempt has the same id. */
  id: string;
  /** UUID. */
  buyerId: string;
  /** Digest of the buyer's network; null if unknown. */
  network: string | null;
}

/**
 * Result of an admission check. `busy`: the decision depends on pending attempts of the same buyer or network.
 */
export type Admission = 'admitted' | 'busy' | Rejection;

const windowMs = 3_600_000;
/** A pending attempt expires after this time: its process has crashed. No call to the provider takes as long. */
const pendingMs = 120_000;
const pauseMs = 100;
/** Maximum wait for pending attempts. */
const maxWaitMs = 10_000;
const sweepBatch = 1_000;

/**
 * Admits attempts within the limits, in order. Admitted attempts are pending until `endCardAttempts`. Call it last in a
 * transaction: it holds advisory locks, which concurrent admissions wait for, until the commit.
 */
export async function admitCardAttempts(
  manager: EntityManager,
  limits: ProviderLimits,
  attempts: readonly CardAttempt[],
  now: Date,
): Promise<Admission[]> {
  if (attempts.length === 0) return [];
  await lockCardAttempts(
    manager,
    attempts.flatMap((attempt) => keysOf(attempt)),
  );
  const counts = await countAttempts(manager, limits, attempts, now);
  const admissions = attempts.map((attempt) => {
    const those = keysOf(attempt).flatMap((key) => counts.get(key) ?? []);
    const refusal = rejectionOf(those);
    if (refusal) return refusal;
    if (those.some(({ limit, declined, pending }) => declined + pending >= limit)) return 'busy';
    for (const count of those) count.pending += 1;
    return 'admitted';
  });
  const admitted = attempts.filter((_attempt, index) => admissions[index] === 'admitted');
  await insertAttempts(manager, admitted, now);
  return admissions;
}

/** Returns rejections for attempts over a limit and null for others. Takes no locks and admits no attempt. */
export async function checkCardAttemptLimits(
  manager: EntityManager,
  limits: ProviderLimits,
  attempts: readonly CardAttempt[],
  now: Date,
): Promise<(Rejection | null)[]> {
  if (attempts.length === 0) return [];
  const counts = await countAttempts(manager, limits, attempts, now);
  return attempts.map((attempt) => rejectionOf(keysOf(attempt).flatMap((key) => counts.get(key) ?? [])));
}

/**
 * Calls `admit`, one transaction per call, until it returns something other than `busy`.
 * @throws errors of `admit`; Unavailable if pending attempts take too long
 */
export async function waitForAdmission<Answer>(admit: () => Promise<Answer | 'busy'>): Promise<Answer> {
  const deadline = Date.now() + maxWaitMs;
  for (;;) {
    const answer = await admit();
    if (answer !== 'busy') return answer;
    if (Date.now() >= deadline)
      throw new Unavailable('Too many card payments are in progress. Try again.', 5);
    await delay(pauseMs * (0.5 + Math.random()));
  }
}

/** Ends attempts. Declined attempts stay counted, others do not. A success does not reset earlier declines. */
export async function endCardAttempts(
  manager: EntityManager,
  ended: readonly { id: string; declined: boolean }[],
): Promise<void> {
  const idsOf = (declined: boolean): string[] =>
    ended.filter((attempt) => attempt.declined === declined).map(({ id }) => id);
  const [declined, others] = [idsOf(true), idsOf(false)];
  if (declined.length > 0)
    await manager.query('UPDATE card_attempt SET declined = true WHERE id = ANY($1::uuid[])', [declined]);
  if (others.length > 0)
    await manager.query('DELETE FROM card_attempt WHERE id = ANY($1::uuid[]) AND NOT declined', [others]);
}

/** Deletes attempts that are older than the counting window. */
export async function deleteExpiredCardAttempts(manager: EntityManager, now: Date): Promise<void> {
  for (;;) {
    const [, forgotten]: [unknown, number] = await manager.query(
      `DELETE FROM card_attempt WHERE id IN (
         SELECT id FROM card_attempt WHERE at <= $1 ORDER BY at LIMIT ${sweepBatch} FOR UPDATE SKIP LOCKED)`,
      [windowStart(now)],
    );
    if (forgotten < sweepBatch) return;
  }
}

interface Count {
  limit: number;
  declined: number;
  pending: number;
  /** Earliest time of the next admission; null below the limit. */
  retryAt: Date | null;
}

/** Counts for the keys that have a limit (see `keysOf`), without earlier tries of the attempts themselves. */
async function countAttempts(
  manager: EntityManager,
  { declinesPerBuyer, declinesPerAddress }: ProviderLimits,
  attempts: readonly CardAttempt[],
  now: Date,
): Promise<Map<string, Count>> {
  const rows: { key: string; declined: number; pending: number; nth: Date | null }[] = await manager.query(
    `${countsBy("'buyer ' || buyer_id", 'buyer_id = ANY($1::uuid[])', '$6')}
     UNION ALL
     ${countsBy("'network ' || network", 'network = ANY($2::text[])', '$7')}`,
    [
      attempts.map(({ buyerId }) => buyerId),
      attempts.flatMap(({ network }) => network ?? []),
      attempts.map(({ id }) => id),
      windowStart(now),
      new Date(now.getTime() - pendingMs),
      declinesPerBuyer,
      declinesPerAddress,
    ],
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  const counts = new Map<string, Count>();
  for (const key of attempts.flatMap((attempt) => keysOf(attempt))) {
    const limit = key.startsWith('buyer') ? declinesPerBuyer : declinesPerAddress;
    if (limit === 0) continue;
    const { declined = 0, pending = 0, nth = null } = found.get(key) ?? {};
    const retryAt = nth && new Date(nth.getTime() + windowMs);
    counts.set(key, { limit, declined, pending, retryAt });
  }
  return counts;
}

/** `nth` is the time of the nth newest decline, n being the limit: when it expires, another attempt is admitted. */
function countsBy(key: string, where: string, limit: string): string {
  return `
    SELECT ${key} AS key,
      (count(*) FILTER (WHERE declined))::int AS declined,
      (count(*) FILTER (WHERE NOT declined AND at > $5))::int AS pending,
      (array_agg(at ORDER BY at DESC) FILTER (WHERE declined))[${limit}::int] AS nth
    FROM card_attempt WHERE ${where} AND at > $4 AND id <> ALL($3::uuid[]) GROUP BY 1`;
}

function rejectionOf(counts: readonly Count[]): Rejection | null {
  const over = counts.flatMap(({ limit, declined, retryAt }) =>
    declined >= limit && retryAt ? [retryAt] : [],
  );
  if (over.length === 0) return null;
  const retryAt = new Date(Math.max(...over.map((at) => at.getTime())));
  return new Rejection(
    'TOO_MANY_ATTEMPTS',
    `Too many cards were declined. Try again after ${retryAt.toISOString()}.`,
    { typename: 'TooManyAttemptsError', details: { retryAt: retryAt.toISOString() } },
  );
}

async function insertAttempts(
  manager: EntityManager,
  attempts: readonly CardAttempt[],
  now: Date,
): Promise<void> {
  if (attempts.length === 0) return;
  await manager.query(
    `INSERT INTO card_attempt (id, buyer_id, network, at)
     SELECT *, $4 FROM unnest($1::uuid[], $2::uuid[], $3::text[])
     ON CONFLICT (id) DO UPDATE SET at = excluded.at`,
    [
      attempts.map(({ id }) => id),
      attempts.map(({ buyerId }) => buyerId),
      attempts.map(({ network }) => network),
      now,
    ],
  );
}

function keysOf({ buyerId, network }: CardAttempt): string[] {
  return [`buyer ${buyerId}`, ...(network === null ? [] : [`network ${network}`])];
}

function windowStart(now: Date): Date {
  return new Date(now.getTime() - windowMs);
}
