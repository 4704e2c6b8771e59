import type { EntityManager } from 'typeorm';
import { readChangedRows } from '@souk/shared/db/changed-rows';
import type { TokenStatus } from '../../entities/token.js';

/** State of a code that is, or was, not simply valid. REPLACED: the token has another code since it changed hands. */
export type GateCodeStatus = TokenStatus | 'REPLACED';

/** A code with its state. */
export interface GateCode {
  code: string;
  status: GateCodeStatus;
}

/** Number of a listing's tokens by status. */
export interface TokenCounts {
  issued: number;
  redeemed: number;
  revoked: number;
}

/** Codes of a listing whose state changed, and the cursor behind them. */
export interface GateCodes {
  codes: GateCode[];
  cursor: string;
  hasMore: boolean;
}

/** Maximum number of codes in a page. */
const pageSize = 1_000;

/**
 * Reads the codes of a listing that do not admit although their signature is right, and those that admit again.
 * Without a cursor all of them, then those that changed since. A code may be listed more than once.
 */
export async function readGateCodes(
  manager: EntityManager,
  listingId: string,
  after: string | null,
): Promise<GateCodes> {
  const { items, next, more } = await readChangedRows<GateCode>(
    manager,
    {
      table: 'gate_code',
      key: 'code',
      keyType: 'text',
      columns: 'code, status',
      within: { column: 'listing_id', value: listingId },
    },
    after,
    pageSize,
  );
  return { codes: items, cursor: next, hasMore: more };
}

/** Counts a listing's tokens. */
export async function countTokens(manager: EntityManager, listingId: string): Promise<TokenCounts> {
  const [row]: TokenCounts[] = await manager.query(
    `SELECT count(*)::int AS issued, count(*) FILTER (WHERE status = 'REDEEMED')::int AS redeemed,
       count(*) FILTER (WHERE status = 'REVOKED')::int AS revoked
     FROM purchase_token WHERE listing_id = $1`,
    [listingId],
  );
  return row ?? { issued: 0, redeemed: 0, revoked: 0 };
}

/** Whether a listing has tokens. */
export async function hasTokens(manager: EntityManager, listingId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query('SELECT 1 FROM purchase_token WHERE listing_id = $1 LIMIT 1', [
    listingId,
  ]);
  return rows.length > 0;
}

/** Whether a user's verified partner sold the tokens of a listing. */
export async function sellsTokensOf(
  manager: EntityManager,
  userId: string,
  listingId: string,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM purchase_token t JOIN order_line l ON l.id = t.line_id
       JOIN partner_owner p ON p.partner_id = l.partner_id
     WHERE t.listing_id = $2 AND p.user_id = $1 AND p.status = 'VERIFIED' LIMIT 1`,
    [userId, listingId],
  );
  return rows.length > 0;
}
