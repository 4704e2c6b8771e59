import type { AuditAction } from '@souk/shared/contracts/audit';
import type { AuditedValues } from '@souk/shared/db/recorded-action';
import { toApiId } from '@souk/shared/ids';
import type { Kind, ListingEntity } from '../../entities/listing.js';

/** The audited actions that create and update a listing, by its kind. */
export const listingActions: Readonly<Record<Kind, Readonly<Record<'create' | 'update', AuditAction>>>> = {
  PRODUCT: { create: 'CREATE_PRODUCT', update: 'UPDATE_PRODUCT' },
  TOUR: { create: 'CREATE_TOUR', update: 'UPDATE_TOUR' },
  APP: { create: 'CREATE_APP', update: 'UPDATE_APP' },
  EVENT: { create: 'CREATE_EVENT', update: 'UPDATE_EVENT' },
};

/** Columns of a listing as the audit log states them: empty ones are left out, pictures are named. */
export function auditedListing(columns: Partial<ListingEntity>): AuditedValues {
  const { categoryId, venueId, images, partnerId, ...others } = columns;
  const values = {
    ...others,
    categoryId: categoryId && toApiId('category', categoryId),
    venueId: venueId && toApiId('venue', venueId),
    partnerId: partnerId && toApiId('partner', partnerId),
    images: images?.map(({ url, upload }) => (upload ? toApiId('image', upload.id) : url)),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
