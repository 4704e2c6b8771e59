import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { Fulfilment } from '../../entities/offer-snapshot.js';
import { OrderLineEntity } from '../../entities/order.js';
import type { TokenKind } from '../../entities/token.js';
import { randomCode } from '@souk/shared/random-code';
import { recordEvents } from '../order/order.js';
import { endOpenTransfers } from './token-lock.js';

/** Letters and digits of a code behind its prefix. */
export const codeLength = 12;

interface NewToken {
  id: string;
  code: string;
  kind: TokenKind;
  orderId: string;
  line: string;
  unit: number;
  seat: string | null;
}

const kinds: Readonly<Record<Fulfilment, { kind: TokenKind; prefix: string } | null>> = {
  SHIPMENT: null,
  TOUR_TOKEN: { kind: 'TOUR', prefix: 'TPT' },
  TICKET: { kind: 'TICKET', prefix: 'TKT' },
  LICENCE: { kind: 'LICENCE', prefix: 'LIC' },
};

/** Issues one token per unit that is not shipped. Returns the number of tokens per order, in order. */
export async function issueTokens(manager: EntityManager, orderIds: readonly string[]): Promise<number[]> {
  const lines = await manager.find(OrderLineEntity, {
    where: { orderId: In(orderIds) },
    order: { orderId: 'ASC', position: 'ASC' },
  });
  const tokens = lines.flatMap((line) => tokensOf(line));
  if (tokens.length > 0) {
    await manager.query(
      `INSERT INTO purchase_token (id, code, kind, status, holder_id, order_id, line_id, unit, offer_id, listing_id, seat_id,
         price_amount, currency, valid_from, valid_until, purchased_at, revoked_by_chargeback)
       SELECT t.id, t.code, t.kind, CASE WHEN o.charged_back_amount > 0 THEN 'REVOKED' ELSE 'ACTIVE' END, o.customer_id, l.order_id, l.id, t.unit, l.offer_id, l.listing_id, t.seat,
         l.unit_amount, l.currency, l.valid_from, l.valid_until, clock_timestamp(),
         o.charged_back_amount > 0
       FROM jsonb_to_recordset($1::jsonb) AS t (id uuid, code text, kind text, line uuid, unit int, seat uuid)
       JOIN order_line l ON l.id = t.line
       JOIN customer_order o ON o.id = l.order_id`,
      [JSON.stringify(tokens)],
    );
  }
  const issued = new Map<string, number>();
  for (const { orderId } of tokens) issued.set(orderId, (issued.get(orderId) ?? 0) + 1);
  await recordEvents(
    manager,
    [...issued].map(([orderId, count]) => ({
      orderId,
      type: 'token',
      message: count === 1 ? 'A token was issued.' : `${count} tokens were issued.`,
    })),
  );
  return orderIds.map((orderId) => issued.get(orderId) ?? 0);
}

/** Revokes the unused tokens of orders. A repeated call has no effect. */
export async function revokeTokens(
  manager: EntityManager,
  orderIds: readonly string[],
  { byChargeback = false }: { byChargeback?: boolean } = {},
): Promise<void> {
  if (orderIds.length === 0) return;
  const [revoked]: [{ id: string; order_id: string }[], number] = await manager.query(
    `UPDATE purchase_token SET status = 'REVOKED', revoked_by_chargeback = $2
     WHERE order_id = ANY($1) AND status IN ('ACTIVE', 'TRANSFER_PENDING') RETURNING id, order_id`,
    [orderIds, byChargeback],
  );
  await endOpenTransfers(
    manager,
    revoked.map((row) => row.id),
  );
  await recordEvents(
    manager,
    [...new Set(revoked.map((row) => row.order_id))].map((orderId) => ({
      orderId,
      type: 'token',
      message: 'The tokens were revoked.',
    })),
  );
}

/**
 * Revokes unused tokens of one order, whose units are canceled, for good: a bank that returns the money of a chargeback
 * does not make them valid again. A repeated call has no effect.
 */
export async function revokeTokensOfUnits(
  manager: EntityManager,
  orderId: string,
  tokens: readonly { id: string }[],
): Promise<void> {
  const [revoked]: [{ id: string }[], number] = await manager.query(
    `UPDATE purchase_token SET status = 'REVOKED', revoked_by_chargeback = false
     WHERE id = ANY($1) AND (status IN ('ACTIVE', 'TRANSFER_PENDING') OR status = 'REVOKED' AND revoked_by_chargeback)
     RETURNING id`,
    [tokens.map(({ id }) => id)],
  );
  if (revoked.length === 0) return;
  await endOpenTransfers(
    manager,
    revoked.map(({ id }) => id),
  );
  const count = revoked.length;
  const message = count === 1 ? 'A token was revoked.' : `${count} tokens were revoked.`;
  await recordEvents(manager, [{ orderId, type: 'token', message }]);
}

/** Makes tokens that a chargeback revoked valid again. A repeated call has no effect. */
export async function restoreTokens(manager: EntityManager, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const [restored]: [{ order_id: string }[], number] = await manager.query(
    `UPDATE purchase_token SET status = 'ACTIVE', revoked_by_chargeback = false
     WHERE order_id = ANY($1) AND status = 'REVOKED' AND revoked_by_chargeback RETURNING order_id`,
    [orderIds],
  );
  await recordEvents(
    manager,
    [...new Set(restored.map((row) => row.order_id))].map((orderId) => ({
      orderId,
      type: 'token',
      message: 'The tokens are valid again.',
    })),
  );
}

function tokensOf(line: OrderLineEntity): NewToken[] {
  const made = kinds[line.fulfilment];
  if (!made) return [];
  return Array.from({ length: line.quantity }, (_, unit) => ({
    id: newId(),
    code: `${made.prefix}-${randomCode(codeLength)}`,
    kind: made.kind,
    orderId: line.orderId,
    line: line.id,
    unit,
    seat: line.seatIds[unit] ?? null,
  }));
}
