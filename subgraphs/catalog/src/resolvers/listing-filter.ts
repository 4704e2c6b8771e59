import { graphError, unauthenticated } from '@souk/shared/graph/errors';
import { fromApiId } from '@souk/shared/ids';
import { isCurrency } from '@souk/shared/money';
import type { Context } from '../context.js';
import { withDescendants } from '../domain/listing/category-tree.js';
import type { ListingQuery } from '../domain/search/listing-conditions.js';
import { owns } from '../domain/permissions.js';
import type { ListingFilter, MoneyInput } from '../generated/resolvers.js';

/**
 * Reads a filter; null if it refers to unknown things and so matches nothing.
 * @throws BAD_USER_INPUT; UNAUTHENTICATED or FORBIDDEN for listings that are not public
 */
export async function readFilter(
  context: Context,
  filter: ListingFilter | null | undefined,
): Promise<ListingQuery | null> {
  const { search, kinds, tags, city, priceMin, priceMax, categoryId, partnerId, ...plain } = filter ?? {};
  checkPrices(priceMin, priceMax);
  const partner = partnerId ? fromApiId('partner', partnerId) : null;
  const category = categoryId ? fromApiId('category', categoryId) : null;
  const categoryIds = category === null ? null : await withDescendants(context.database.reader, category);
  // Every sale may change such a list.
  if (plain.availableOnly) context.cacheDependencies?.markPrivate();
  const query: ListingQuery = {
    status: plain.status ?? 'PUBLISHED',
    search: search ?? null,
    kinds: kinds && kinds.length > 0 ? kinds : null,
    tags: tags ?? null,
    city: city ?? null,
    priceMin: priceMin ?? null,
    priceMax: priceMax ?? null,
    startsAfter: plain.startsAfter ?? null,
    startsBefore: plain.startsBefore ?? null,
    availableOnly: plain.availableOnly ?? null,
    categoryIds,
    partnerId: (await ownPartner(context, plain.status ?? 'PUBLISHED', partner)) ?? partner,
  };
  const unknown = (partnerId && partner === null) || (categoryId && (categoryIds ?? []).length === 0);
  return unknown ? null : query;
}

/** Returns the partner to whose listings a list of nonpublic listings is restricted, or null. */
async function ownPartner(
  context: Context,
  status: ListingQuery['status'],
  requestedPartnerId: string | null,
): Promise<string | null> {
  if (status === 'PUBLISHED') return null;
  context.cacheDependencies?.markPrivate();
  if (!context.identity) throw unauthenticated(`Listing ${status} listings requires authentication.`);
  const seller = await context.seller();
  if (seller?.managesAll) return null;
  if (!seller?.partnerId || (requestedPartnerId !== null && !owns(seller, { partnerId: requestedPartnerId })))
    throw graphError('FORBIDDEN', `Listing ${status} listings requires their owner or catalog:manage.`);
  return seller.partnerId;
}

function checkPrices(min: MoneyInput | null | undefined, max: MoneyInput | null | undefined): void {
  for (const [name, price] of Object.entries({ priceMin: min, priceMax: max })) {
    if (!price) continue;
    if (!isCurrency(price.currency)) throw refused(name, 'is not in an ISO 4217 currency');
    if (price.amount < 0) throw refused(name, 'is negative');
  }
  if (min && max && min.currency !== max.currency)
    throw refused('priceMax', 'is in another currency than priceMin');
}

function refused(name: string, why: string): Error {
  return graphError('BAD_USER_INPUT', `filter.${name} ${why}.`, { argument: `filter.${name}` });
}
