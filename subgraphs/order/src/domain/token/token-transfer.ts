import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { randomCode } from '@souk/shared/random-code';
import type { ListPage } from '@souk/shared/graph/list-pages';
import { TokenEntity } from '../../entities/token.js';
import { recordEvent } from '../order/order.js';
import { endOpenTransfers, lockToken } from './token-lock.js';
import { refusalOfExpired, refusalOfFinal, unknownToken } from './scan-refusal.js';
import { codeLength } from './token.js';

const codeField = ['code'];
const idField = ['tokenId'];

/** The parties of a transfer: UUIDs of users. */
interface Parties {
  fromId: string;
  toId: string;
}

/**
 * Offers a token to another user: it cannot be redeemed until they accept, or its holder withdraws.
 * @throws Rejection TOKEN_UNKNOWN (it changed hands), TOKEN_ALREADY_REDEEMED, TOKEN_REVOKED, TOKEN_EXPIRED, CONFLICT (it is
 * offered already), INVALID (to its holder)
 */
export async function offerToken(
  manager: EntityManager,
  outbox: Outbox,
  token: TokenEntity,
  { fromId, toId }: Parties,
  now: Date,
): Promise<void> {
  const current = await lockToken(manager, token);
  const refusal =
    (current.holderId === fromId && current.code === token.code ? null : unknownToken()) ??
    refusalOfFinal(current) ??
    refusalOfExpired(current, now) ??
    refusalOfOffer(current, toId);
  if (refusal) throw refusal;
  const transferId = newId();
  const [row]: { title: string }[] = await manager.query(
    `WITH offered AS (
       INSERT INTO token_transfer (id, token_id, from_id, to_id, offered_at) VALUES ($1, $2, $3, $4, $5)
     )
     SELECT title FROM order_line WHERE id = $6`,
    [transferId, current.id, fromId, toId, now, current.lineId],
  );
  await manager.query(`UPDATE purchase_token SET status = 'TRANSFER_PENDING' WHERE id = $1`, [current.id]);
  outbox.publish(orderEvents.tokenOffered, current.orderId, {
    ...transferOf(current, { fromId, toId }),
    transferId,
    title: row?.title ?? '',
  });
  await recordEvent(manager, current.orderId, 'token', 'A token was offered to another user.', fromId);
}

/**
 * Gives an offered token to the user to whom it is offered, under a new code.
 * @throws Rejection CONFLICT (it is no longer offered to them), TOKEN_EXPIRED
 */
export async function acceptToken(
  manager: EntityManager,
  outbox: Outbox,
  token: TokenEntity,
  toId: string,
  now: Date,
): Promise<void> {
  const current = await lockToken(manager, token);
  const offer = await findOpenTransfer(manager, current.id);
  if (current.status !== 'TRANSFER_PENDING' || offer?.toId !== toId) throw notOffered(idField);
  const expired = refusalOfExpired(current, now, idField);
  if (expired) throw expired;
  const [prefix = ''] = current.code.split('-');
  await manager.query(
    `UPDATE purchase_token SET holder_id = $2, code = $3, status = 'ACTIVE' WHERE id = $1`,
    [current.id, toId, `${prefix}-${randomCode(codeLength)}`],
  );
  await manager.query(
    'UPDATE token_transfer SET ended_at = $2, accepted = true WHERE token_id = $1 AND ended_at IS NULL',
    [current.id, now],
  );
  outbox.publish(orderEvents.tokenTransferred, current.orderId, transferOf(current, offer));
  await recordEvent(manager, current.orderId, 'token', 'A token was transferred to another user.', toId);
}

/**
 * Takes back an offer of a token; its code is valid again.
 * @throws Rejection CONFLICT (it is not offered, or was accepted)
 */
export async function withdrawOffer(
  manager: EntityManager,
  outbox: Outbox,
  token: TokenEntity,
  holderId: string,
): Promise<void> {
  const current = await lockToken(manager, token);
  const offer = await findOpenTransfer(manager, current.id);
  if (current.status !== 'TRANSFER_PENDING' || offer?.fromId !== holderId) throw notOffered(idField);
  await manager.query(`UPDATE purchase_token SET status = 'ACTIVE' WHERE id = $1`, [current.id]);
  await endOpenTransfers(manager, [current.id]);
  outbox.publish(orderEvents.tokenOfferWithdrawn, current.orderId, transferOf(current, offer));
  await recordEvent(manager, current.orderId, 'token', 'The offer of a token was withdrawn.', holderId);
}

/** Returns a page of the tokens that are offered to a user, newest first. */
export async function tokensOfferedTo(
  manager: EntityManager,
  userId: string,
  { limit, after }: ListPage,
): Promise<TokenEntity[]> {
  return manager
    .createQueryBuilder(TokenEntity, 'token')
    .innerJoin(
      'token_transfer',
      'transfer',
      'transfer.token_id = token.id AND transfer.ended_at IS NULL AND transfer.to_id = :userId',
      { userId },
    )
    .where("token.status = 'TRANSFER_PENDING' AND (:after::uuid IS NULL OR transfer.token_id < :after)", {
      after,
    })
    .orderBy('transfer.token_id', 'DESC')
    .limit(limit)
    .getMany();
}

/** Returns the users to whom tokens are offered, by token. */
export async function findRecipients(
  manager: EntityManager,
  tokenIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows: { tokenId: string; toId: string }[] = await manager.query(
    `SELECT token_id AS "tokenId", to_id AS "toId" FROM token_transfer
     WHERE token_id = ANY($1) AND ended_at IS NULL`,
    [tokenIds],
  );
  return new Map(rows.map(({ tokenId, toId }) => [tokenId, toId]));
}

/** Whether a token was ever offered to a user. */
export function hasReceived(manager: EntityManager, tokenId: string, userId: string): Promise<boolean> {
  return isParty(manager, 'to_id', tokenId, userId);
}

/** Whether a user holds a token, or gave it to somebody. */
export async function hasOffered(manager: EntityManager, tokenId: string, userId: string): Promise<boolean> {
  const holds = await manager.existsBy(TokenEntity, { id: tokenId, holderId: userId });
  return holds || isParty(manager, 'from_id', tokenId, userId);
}

async function isParty(
  manager: EntityManager,
  column: 'from_id' | 'to_id',
  tokenId: string,
  userId: string,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM token_transfer WHERE token_id = $1 AND ${column} = $2 LIMIT 1`,
    [tokenId, userId],
  );
  return rows.length > 0;
}

async function findOpenTransfer(manager: EntityManager, tokenId: string): Promise<Parties | null> {
  const [row]: Parties[] = await manager.query(
    `SELECT from_id AS "fromId", to_id AS "toId" FROM token_transfer WHERE token_id = $1 AND ended_at IS NULL`,
    [tokenId],
  );
  return row ?? null;
}

function refusalOfOffer(token: TokenEntity, toId: string): Rejection | null {
  if (token.status === 'TRANSFER_PENDING')
    return new Rejection('CONFLICT', 'The token is offered already.', { field: codeField });
  return token.holderId === toId
    ? new Rejection('INVALID', 'The token is yours already.', { field: ['toEmail'] })
    : null;
}

function notOffered(field: readonly string[]): Rejection {
  return new Rejection('CONFLICT', 'The token is not offered, or no longer.', { field });
}

function transferOf(
  { id, orderId, listingId, lineId }: TokenEntity,
  { fromId, toId }: Parties,
): { tokenId: string; orderId: string; lineId: string; listingId: string; fromId: string; toId: string } {
  return { tokenId: id, orderId, lineId, listingId, fromId, toId };
}
