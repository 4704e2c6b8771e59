import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import type { TokenEntity } from '../../entities/token.js';
import { recordEvent } from '../order/order.js';
import type { Scan } from './scan-log.js';
import { admitted, findOutcome, recordScan } from './scan-log.js';
import { refusalOfScan, unknownToken } from './scan-refusal.js';
import { endOpenTransfers, lockToken } from './token-lock.js';

/** Result of a scan. */
export interface Redemption {
  admitted: boolean;
  /** Whether the nonce was already used for this token. */
  replayed: boolean;
  /** Why the scan did not admit; null if it did. */
  refusal: Rejection | null;
}

/**
 * Redeems a token once, and stores the scan. The scanner must be permitted to. A repeated nonce returns the first
 * outcome; concurrent scans wait for each other at the token's row.
 * @param listingId the scanner's listing: undefined accepts any, null is an unknown one
 */
export async function redeem(
  manager: EntityManager,
  outbox: Outbox,
  token: TokenEntity,
  scan: Scan & { listingId: string | null | undefined },
): Promise<Redemption> {
  const current = await lockToken(manager, token);
  const first = await findOutcome(manager, scan);
  if (first === admitted) return { admitted: true, replayed: true, refusal: null };
  const refusal = current.code === token.code ? refusalOfScan(current, scan) : unknownToken();
  if (first !== null) return { admitted: false, replayed: true, refusal: refusalAsBefore(first, refusal) };
  if (refusal) {
    await recordScan(manager, scan, refusal.code);
    return { admitted: false, replayed: false, refusal };
  }
  await admit(manager, outbox, current, scan);
  return { admitted: true, replayed: false, refusal: null };
}

/** The refusal of a repeated scan: that of the first one, even if the token would be admitted or refused otherwise now. */
function refusalAsBefore(code: string, now: Rejection | null): Rejection {
  if (now?.code === code) return now;
  return new Rejection(code, 'The token was refused when it was scanned with this nonce.', {
    field: ['code'],
  });
}

/** Marks a locked token as redeemed by a scan. */
export async function admit(
  manager: EntityManager,
  outbox: Outbox,
  token: TokenEntity,
  scan: Scan,
): Promise<void> {
  await manager.query(`UPDATE purchase_token SET status = 'REDEEMED', redeemed_at = $2 WHERE id = $1`, [
    token.id,
    scan.at,
  ]);
  await endOpenTransfers(manager, [token.id]);
  await recordScan(manager, scan, admitted);
  outbox.publish(orderEvents.tokenRedeemed, token.orderId, {
    tokenId: token.id,
    orderId: token.orderId,
    listingId: token.listingId,
    holderId: token.holderId,
    scannerId: scan.scannerId,
    redeemedAt: scan.at.toISOString(),
    offline: scan.offline,
  });
  recordAction(outbox, scan.offline ? 'UPLOAD_SCANS' : 'REDEEM_TOKEN', token.id, {
    before: { status: token.status },
    after: { status: 'REDEEMED', redeemedAt: scan.at },
  });
  await recordEvent(manager, token.orderId, 'token', 'A token was redeemed.', scan.scannerId);
}
