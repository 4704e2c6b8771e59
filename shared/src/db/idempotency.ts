import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Json } from '../errors.js';
import { Rejection } from '../errors.js';

/** Whose key, for which mutation, with which arguments. */
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
  const hash = createHash('sha256').update(canonical(call.arguments)).digest('hex');
  const identity = [call.caller, call.operation, call.key];
  const claimed: unknown[] = await manager.query(
    `INSERT INTO idempotency_key AS k (caller, operation, key, arguments_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT (caller, operation, key) DO UPDATE
       SET arguments_hash = excluded.arguments_hash, result = NULL, created_at = now()
       WHERE k.created_at < now() - interval '24 hours'
     RETURNING 1`,
    [...identity, hash],
  );
  if (claimed.length === 0)
    return { result: await firstResult<Result>(manager, identity, hash, field), replayed: true };
  const result = await work();
  await manager.query(
    'UPDATE idempotency_key SET result = $4 WHERE caller = $1 AND operation = $2 AND key = $3',
    [...identity, JSON.stringify(result)],
  );
  return { result, replayed: false };
}

/** The refusal INVALID of an empty or overlong key; null for a good one. For those who tell it beside others. */
export function keyProblem(key: string, field: readonly string[]): Rejection | null {
  return key.trim() === '' || key.length > maxKeyLength || /\p{Cc}/u.test(key)
    ? new Rejection('INVALID', `An idempotency key has 1 to ${maxKeyLength} visible characters.`, { field })
    : null;
}

/** Forgets keys older than a day. Returns nothing; run now and then. */
export async function forgetOldKeys(manager: EntityManager): Promise<void> {
  await manager.query("DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'");
}

async function firstResult<Result>(
  manager: EntityManager,
  identity: readonly string[],
  hash: string,
  field: readonly string[],
): Promise<Result> {
  const rows: { arguments_hash: string; result: Result; created_at: Date }[] = await manager.query(
    'SELECT arguments_hash, result, created_at FROM idempotency_key WHERE caller = $1 AND operation = $2 AND key = $3',
    [...identity],
  );
  const [first] = rows;
  if (!first) throw new Error('An idempotency key vanished while it was read.');
  if (first.arguments_hash === hash) return first.result;
  throw new Rejection('IDEMPOTENCY_CONFLICT', 'This idempotency key was used before with other arguments.', {
    field,
    typename: 'IdempotencyConflictError',
    details: { idempotencyKey: identity[2] ?? '', firstUsedAt: first.created_at.toISOString() },
  });
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
