import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import type { TokenEntity } from '../../entities/token.js';
import { recordEvent } from '../order/order.js';
import { refusalOfFinal } from './scan-refusal.js';
import { endOpenTransfers, lockToken } from './token-lock.js';

/**
 * Revokes one token for good; stock, seat and payment stay as they are.
 * @throws Rejection TOKEN_ALREADY_REDEEMED, TOKEN_REVOKED
 */
export async function revokeToken(
  manager: EntityManager,
  outbox: Outbox,
  token: TokenEntity,
  { reason, actorId }: { reason: string; actorId: string },
): Promise<void> {
  const { id, orderId, listingId, holderId, ...current } = await lockToken(manager, token);
  const refusal = refusalOfFinal(current);
  if (refusal) throw refusal;
  await manager.query(
    `UPDATE purchase_token SET status = 'REVOKED', revoked_by_chargeback = false WHERE id = $1`,
    [id],
  );
  await endOpenTransfers(manager, [id]);
  outbox.publish(orderEvents.tokenRevoked, orderId, { tokenId: id, orderId, listingId, holderId, reason });
  const change = { before: { status: current.status }, after: { status: 'REVOKED', reason } };
  recordAction(outbox, 'REVOKE_TOKEN', id, change);
  await recordEvent(manager, orderId, 'token', `A token was revoked: ${reason}`, actorId);
}
