import type { RowCount } from '@souk/shared/db/row-count';
import { countRowsByKey } from '@souk/shared/db/row-count';
import type { EntityManager } from 'typeorm';
import type { ListingStatus } from '../../entities/listing.js';

/** A page of each partner's listings, newest first. */
export interface PartnerPage {
  status: ListingStatus;
  limit: number;
  /** The cursor after which the page begins: milliseconds since 1970, and the id. */
  after: PartnerCursor | null;
}

/** A cursor in a partner's listings. */
export type PartnerCursor = [listedAt: number, id: string];

/** Whether a value is such a cursor. */
export function isPartnerCursor(value: unknown): value is PartnerCursor {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    Number.isSafeInteger(value[0]) &&
    Math.abs(value[0] as number) < 1e14 &&
    typeof value[1] === 'string' &&
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value[1])
  );
}

/** Whether listings with the status $2 are listed: published ones of a suspended seller are not. */
function isListedSql(partnerId: string): string {
  return `($2 <> 'PUBLISHED' OR NOT EXISTS (
    SELECT FROM partner_owner s WHERE s.partner_id = ${partnerId} AND s.status <> 'VERIFIED'))`;
}

/** A found listing with its sort key. */
export interface PartnerListing {
  id: string;
  listedAt: number;
}

/** Returns at most `limit + 1` listings of each partner, in one round trip. */
export async function findPartnerListings(
  manager: EntityManager,
  partnerIds: readonly string[],
  { status, limit, after }: PartnerPage,
): Promise<PartnerListing[][]> {
  const rows: { n: number; id: string; listed_at: Date }[] = await manager.query(
    `SELECT p.n::int AS n, l.id, l.listed_at
     FROM unnest($1::uuid[]) WITH ORDINALITY AS p (partner_id, n)
     CROSS JOIN LATERAL (
       SELECT id, listed_at FROM listing
       WHERE partner_id = p.partner_id AND status = $2 AND ${isListedSql('p.partner_id')}
         AND ($3::bigint IS NULL OR (listed_at, id) < (to_timestamp($3::bigint / 1000.0), $4::uuid))
       ORDER BY listed_at DESC, id DESC LIMIT $5
     ) l ORDER BY p.n, l.listed_at DESC, l.id DESC`,
    [partnerIds, status, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return partnerIds.map((_, index) =>
    rows
      .filter((row) => row.n === index + 1)
      .map((row) => ({ id: row.id, listedAt: row.listed_at.getTime() })),
  );
}

/** Counts the listings of each partner that have this status. */
export function countPartnerListings(
  manager: EntityManager,
  partnerIds: readonly string[],
  status: ListingStatus,
): Promise<RowCount[]> {
  return countRowsByKey(
    manager,
    (partnerId) => `SELECT 1 FROM listing WHERE partner_id = ${partnerId} AND status = $2
       AND ${isListedSql(partnerId)}`,
    partnerIds,
    [status],
  );
}
