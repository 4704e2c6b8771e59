import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Json } from '../errors.js';
import { Rejection } from '../errors.js';
import { deleteInBatches } from './batched-delete.js';

/** One call of a mutation with an idempotency key: caller, mutation, arguments. */
export interface IdempotentCall {
  /** The user's id, or another name of the caller: keys belong to one caller. */
  caller: string;
  operation: string;
  key: string;
  /** The arguments without the key; compared by hash. */
  arguments: unknown;
}

const maxKeyLength = 200;

/**
 * The result of the first call with a key, or the rejection of this one (IDEMPOTENCY_CONFLICT); null where there was
 * none.
 */
export type FirstCall<Result extends Json> = { first: Result } | Rejection | null;

/**
 * Runs `work` once for a key and stores its small result beside the effect; a repeat gets that result. While the
 * first call still runs, a second one waits for its commit. `field` is the path of the key in the input.
 * @throws Rejection IDEMPOTENCY_CONFLICT for other arguments, INVALID for an empty or overlong key.
 */
export async function once<Result extends Json>(
  manager: EntityManager,
  call: IdempotentCall,
  field: readonly string[],
  work: () => Promise<Result>,
): Promise<{ result: Result; replayed: boolean }> {
  const problem = keyProblem(call.key, field);
  if (problem) throw problem;
  const [before = null] = await claimKeys<Result>(manager, [call], field);
  if (before instanceof Rejection) throw before;
  if (before) return { result: before.first, replayed: true };
  const result = await work();
  await storeResults(manager, [{ call, result }]);
  return { result, replayed: false };
}

/**
 * Claims the keys of calls, all of different keys: what `once` does for one, for many. In the order of the calls; null
 * where the key is claimed: then its result is to be stored by `storeResults`, or the key given back by `releaseKeys`,
 * in the same transaction.
 */
export async function claimKeys<Result extends Json>(
  manager: EntityManager,
  calls: readonly IdempotentCall[],
  field: readonly string[],
): Promise<FirstCall<Result>[]> {
  const rows: StoredKey<never>[] = await manager.query(
    `INSERT INTO idempotency_key AS k (caller, operation, key, arguments_hash)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS n (caller, operation, key, hash)
     ORDER BY caller, operation, key
     ON CONFLICT (caller, operation, key) DO UPDATE
       SET arguments_hash = excluded.arguments_hash, result = NULL, created_at = now()
       WHERE k.created_at < now() - interval '24 hours'
     RETURNING caller, operation, key`,
    [...identitiesOf(calls), calls.map(hashOf)],
  );
  const claimed = new Set(rows.map(nameOf));
  if (claimed.size === calls.length) return calls.map(() => null);
  const stored = await findResults<Result>(manager, calls, field);
  return calls.map((call, index) => {
    if (claimed.has(nameOf(call))) return null;
    const before = stored[index];
    if (!before) throw new Error('An idempotency key was deleted while it was read.');
    return before;
  });
}

/** The first calls by these keys, in order, as far as they have been committed. */
export async function findResults<Result extends Json>(
  manager: EntityManager,
  calls: readonly IdempotentCall[],
  field: readonly string[],
): Promise<FirstCall<Result>[]> {
  const rows: (StoredKey<Result> & { arguments_hash: string; created_at: Date })[] = await manager.query(
    `SELECT caller, operation, key, arguments_hash, result, created_at FROM idempotency_key
     JOIN unnest($1::text[], $2::text[], $3::text[]) AS n (caller, operation, key) USING (caller, operation, key)
     WHERE created_at >= now() - interval '24 hours'`,
    identitiesOf(calls),
  );
  const stored = new Map(rows.map((row) => [nameOf(row), row]));
  return calls.map((call) => {
    const row = stored.get(nameOf(call));
    if (!row) return null;
    if (row.arguments_hash === hashOf(call)) return { first: row.result };
    return new Rejection(
      'IDEMPOTENCY_CONFLICT',
      'This idempotency key was used before with other arguments.',
      {
        field,
        typename: 'IdempotencyConflictError',
        details: { idempotencyKey: call.key, firstUsedAt: row.created_at.toISOString() },
      },
    );
  });
}

/** Stores what calls came to whose keys this transaction has claimed. */
export async function storeResults(
  manager: EntityManager,
  ended: readonly { call: IdempotentCall; result: Json }[],
): Promise<void> {
  if (ended.length === 0) return;
  await manager.query(
    `UPDATE idempotency_key k SET result = n.result
     FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) AS n (caller, operation, key, result)
     WHERE (k.caller, k.operation, k.key) = (n.caller, n.operation, n.key)`,
    [...identitiesOf(ended.map(({ call }) => call)), ended.map(({ result }) => JSON.stringify(result))],
  );
}

/** Gives keys back that this transaction has claimed, for calls that came to nothing. */
export async function releaseKeys(manager: EntityManager, calls: readonly IdempotentCall[]): Promise<void> {
  if (calls.length === 0) return;
  await manager.query(
    `DELETE FROM idempotency_key k USING unnest($1::text[], $2::text[], $3::text[]) AS n (caller, operation, key)
     WHERE (k.caller, k.operation, k.key) = (n.caller, n.operation, n.key)`,
    identitiesOf(calls),
  );
}

/** The rejection INVALID of an empty or overlong key; null for a good one. For callers that collect rejections. */
export function keyProblem(key: string, field: readonly string[]): Rejection | null {
  return key.trim() === '' || key.length > maxKeyLength || /\p{Cc}/u.test(key)
    ? new Rejection('INVALID', `An idempotency key has 1 to ${maxKeyLength} visible characters.`, { field })
    : null;
}

/** Deletes keys older than a day, in batches. Outside a transaction; run now and then. */
export async function deleteOldKeys(manager: EntityManager): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM idempotency_key WHERE (caller, operation, key) IN (
       SELECT caller, operation, key FROM idempotency_key WHERE created_at < now() - interval '24 hours'
       ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
    [],
  );
}

type StoredKey<Result> = Pick<IdempotentCall, 'caller' | 'operation' | 'key'> & { result: Result };

function identitiesOf(calls: readonly IdempotentCall[]): string[][] {
  return [
    calls.map(({ caller }) => caller),
    calls.map(({ operation }) => operation),
    calls.map(({ key }) => key),
  ];
}

/** The key's lock name. Keys have no control characters, so it is unambiguous. */
function nameOf({ caller, operation, key }: Pick<IdempotentCall, 'caller' | 'operation' | 'key'>): string {
  return [caller, operation, key].join('\n');
}

function hashOf(call: IdempotentCall): string {
  return createHash('sha256').update(canonical(call.arguments)).digest('hex');
}

/** JSON with keys in order, so that the same arguments hash the same however they were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, entry]) => entry !== undefined && entry !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : inner,
  );
}
