import type { EntityManager } from 'typeorm';
import type { TokenEntity } from '../../entities/token.js';
import { lockOrders, lockTokens } from '../locks.js';

/** Locks a token after its order, as every transaction does, and returns it as it is now. */
export async function lockToken(
  manager: EntityManager,
  { id, orderId }: Pick<TokenEntity, 'id' | 'orderId'>,
): Promise<TokenEntity> {
  await lockOrders(manager, [orderId]);
  const [token] = await lockTokens(manager, [id]);
  if (!token) throw new Error(`There is no token ${id}.`);
  return token;
}

/** Ends the open offers of tokens, whose status the caller changes. */
export async function endOpenTransfers(manager: EntityManager, tokenIds: readonly string[]): Promise<void> {
  await manager.query(
    'UPDATE token_transfer SET ended_at = clock_timestamp() WHERE token_id = ANY($1) AND ended_at IS NULL',
    [tokenIds],
  );
}
