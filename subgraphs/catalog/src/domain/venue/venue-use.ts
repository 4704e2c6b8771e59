import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { VenueEntity } from '../../entities/venue.js';
import type { InputCheck, Path } from '@souk/shared/input-check';
import type { Owned, Seller } from '../permissions.js';
import { owns } from '../permissions.js';

/**
 * Whether a seller may hold events at a venue: their own, or one of the platform, which all sellers share.
 * Holders of catalog:manage may use every venue.
 */
export function canUseVenue(seller: Seller, venue: Owned): boolean {
  return venue.partnerId === null || owns(seller, venue);
}

/**
 * Returns the id of the venue that an input names, or null. Reports NOT_FOUND for an unknown venue and
 * NOT_OWNER for another seller's.
 */
export async function readUsableVenue(
  manager: EntityManager,
  seller: Seller,
  apiId: string | null | undefined,
  field: Path,
  check: InputCheck,
): Promise<string | null> {
  if (apiId === null || apiId === undefined) return null;
  const id = fromApiId('venue', apiId);
  const venue = id === null ? null : await manager.findOneBy(VenueEntity, { id });
  if (venue && canUseVenue(seller, venue)) return venue.id;
  if (venue) refuseForeignVenue(check, field);
  else check.refuse(field, 'There is no such venue.', 'NOT_FOUND');
  return null;
}

/** Reports NOT_OWNER if the seller may not use the listing's venue. Older versions allowed such drafts. */
export async function checkVenueUse(
  manager: EntityManager,
  seller: Seller,
  venueId: string | null,
  field: Path,
  check: InputCheck,
): Promise<void> {
  if (venueId === null) return;
  const venue = await manager.findOneByOrFail(VenueEntity, { id: venueId });
  if (!canUseVenue(seller, venue)) refuseForeignVenue(check, field);
}

function refuseForeignVenue(check: InputCheck, field: Path): void {
  check.refuse(field, "This venue is another seller's. Use your own or one of the platform's.", 'NOT_OWNER');
}
