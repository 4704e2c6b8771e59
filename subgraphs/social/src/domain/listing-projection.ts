import type { PartnerItem } from '@souk/shared/contracts/account';
import { deleteLostKeys } from '@souk/shared/db/state-store';
import type { KeyRange } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';

/** A listing as catalog's events have it. Ids are UUIDs. */
export interface KnownListing {
  listingId: string;
  /** PUBLISHED, ARCHIVED, or one of a later release. */
  status: string;
  /** Null: the platform's own. */
  partnerId: string | null;
}

/** Stores a listing after a change of its status. */
export async function storeListing(manager: EntityManager, listing: KnownListing): Promise<void> {
  await manager.query(
    `INSERT INTO known_listing (listing_id, status, partner_id) VALUES ($1, $2, $3)
     ON CONFLICT (listing_id) DO UPDATE SET status = excluded.status, partner_id = excluded.partner_id`,
    [listing.listingId, listing.status, listing.partnerId],
  );
}

/** Stores the sellers of purchased listings. Listings that an event has stored before stay as they are. */
export async function storeSellers(
  manager: EntityManager,
  sellers: readonly { listingId: string; partnerId: string }[],
): Promise<void> {
  if (sellers.length === 0) return;
  await manager.query(
    `INSERT INTO known_listing (listing_id, status, partner_id)
     SELECT DISTINCT ON (listing_id) listing_id, 'PUBLISHED', partner_id
     FROM unnest($1::uuid[], $2::uuid[]) AS l (listing_id, partner_id) ORDER BY listing_id
     ON CONFLICT DO NOTHING`,
    [sellers.map(({ listingId }) => listingId), sellers.map(({ partnerId }) => partnerId)],
  );
}

/** Stores partners as account lists them. */
export async function storePartners(
  manager: EntityManager,
  partners: readonly PartnerItem[],
  covers: KeyRange | undefined,
): Promise<void> {
  await manager.query(
    `INSERT INTO known_partner AS p (partner_id, user_id, status)
     SELECT "partnerId", "userId", status
     FROM json_to_recordset($1) AS item ("partnerId" uuid, "userId" uuid, status text)
     ON CONFLICT (partner_id) DO UPDATE SET user_id = excluded.user_id, status = excluded.status
       WHERE p IS DISTINCT FROM excluded`,
    [JSON.stringify(partners.map(({ partnerId, userId, status }) => ({ partnerId, userId, status })))],
  );
  const ids = partners.map(({ partnerId }) => partnerId);
  await deleteLostKeys(manager, { table: 'known_partner', key: 'partner_id' }, ids, covers);
}

/** The owner of a partner; null while account's list does not have it. Ids are UUIDs. */
export async function findPartnerOwner(manager: EntityManager, partnerId: string): Promise<string | null> {
  const [row]: { user_id: string }[] = await manager.query(
    'SELECT user_id FROM known_partner WHERE partner_id = $1',
    [partnerId],
  );
  return row?.user_id ?? null;
}
