import type { EntityManager } from 'typeorm';
import { newId } from '@souk/shared/ids';
import type { Fulfilment } from '../entities/offer-snapshot.js';
import { OrderEntity, OrderLineEntity } from '../entities/order.js';
import type { TokenKind } from '../entities/token.js';
import { randomCode } from '@souk/shared/random-code';
import { noteEvent } from './order.js';

const codeLength = 12;

const kinds: Readonly<Record<Fulfilment, { kind: TokenKind; prefix: string } | null>> = {
  SHIPMENT: null,
  TOUR_TOKEN: { kind: 'TOUR', prefix: 'TPT' },
  TICKET: { kind: 'TICKET', prefix: 'TKT' },
  LICENCE: { kind: 'LICENCE', prefix: 'LIC' },
};

/** Issues one token for each unit of an order that is not shipped. Returns how many. */
export async function issueTokens(manager: EntityManager, orderId: string): Promise<number> {
  const order = await manager.findOneByOrFail(OrderEntity, { id: orderId });
  const lines = await manager.find(OrderLineEntity, { where: { orderId }, order: { position: 'ASC' } });
  const tokens = lines.flatMap((line) => tokensOf(line));
  if (tokens.length === 0) return 0;
  await manager.query(
    `INSERT INTO purchase_token (id, code, kind, status, holder_id, order_id, line_id, unit, offer_id, listing_id, seat_id,
       price_amount, currency, valid_from, valid_until, purchased_at)
     SELECT t.id, t.code, t.kind, 'ACTIVE', $1, l.order_id, l.id, t.unit, l.offer_id, l.listing_id, t.seat,
       l.unit_amount, l.currency, l.valid_from, l.valid_until, clock_timestamp()
     FROM jsonb_to_recordset($2::jsonb) AS t (id uuid, code text, kind text, line uuid, unit int, seat uuid)
     JOIN order_line l ON l.id = t.line`,
    [order.customerId, JSON.stringify(tokens)],
  );
  await noteEvent(
    manager,
    orderId,
    'token',
    tokens.length === 1 ? 'A token was issued.' : `${tokens.length} tokens were issued.`,
  );
  return tokens.length;
}

/** Takes an order's tokens back; a repeat, and an order without tokens, change nothing. */
export async function revokeTokens(manager: EntityManager, orderId: string): Promise<void> {
  const [, revoked]: [unknown, number] = await manager.query(
    `UPDATE purchase_token SET status = 'REVOKED' WHERE order_id = $1 AND status IN ('ACTIVE', 'TRANSFER_PENDING')`,
    [orderId],
  );
  if (revoked > 0) await noteEvent(manager, orderId, 'token', 'The tokens were revoked.');
}

function tokensOf(line: OrderLineEntity): object[] {
  const made = kinds[line.fulfilment];
  if (!made) return [];
  return Array.from({ length: line.quantity }, (_, unit) => ({
    id: newId(),
    code: `${made.prefix}-${randomCode(codeLength)}`,
    kind: made.kind,
    line: line.id,
    unit,
    seat: line.seatIds[unit] ?? null,
  }));
}
