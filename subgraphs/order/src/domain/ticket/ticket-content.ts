import type { EntityManager } from 'typeorm';
import type { TokenEntity } from '../../entities/token.js';
import type { Admission } from '../catalog-port.js';
import type { TicketState } from './ticket-state.js';

/** The content of a ticket. */
export interface TicketContent {
  token: Pick<TokenEntity, 'id' | 'code' | 'kind' | 'validFrom' | 'validUntil' | 'redeemedAt'>;
  state: TicketState;
  /** Of what was bought, as the order names it. */
  title: string;
  orderNumber: string;
  /** Null while account is unavailable. */
  holderName: string | null;
  /** Null for what takes place nowhere, and if catalog has it no more. */
  admission: Admission | null;
  /** A BCP 47 tag. */
  locale: string;
}

/** Reads order's part of a ticket: the title and number of its order, and its holder's language if they bought it. */
export async function readTicket(
  manager: EntityManager,
  token: Pick<TokenEntity, 'orderId' | 'lineId' | 'holderId'>,
): Promise<{ title: string; orderNumber: string; locale: string | null }> {
  const [row]: { title: string; orderNumber: string; locale: string | null }[] = await manager.query(
    `SELECT l.title, o.number AS "orderNumber", (
       SELECT output->>'locale' FROM saga s, jsonb_array_elements(s.state::jsonb->'outputs') AS output
       WHERE s.id = o.checkout_id AND o.customer_id = $3 AND jsonb_typeof(output) = 'object' AND output ? 'locale'
       LIMIT 1) AS locale
     FROM customer_order o JOIN order_line l ON l.id = $2 WHERE o.id = $1`,
    [token.orderId, token.lineId, token.holderId],
  );
  if (!row) throw new Error(`There is no order ${token.orderId}.`);
  return row;
}
