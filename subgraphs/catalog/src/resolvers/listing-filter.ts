import { graphError, unauthenticated } from '@souk/shared/graph/errors';
import { fromApiId } from '@souk/shared/ids';
import { isCurrency } from '@souk/shared/money';
import type { Context } from '../context.js';
import type { ListingQuery } from '../domain/search/listing-conditions.js';
import type { Corrections } from '../domain/search/search-text.js';
import { parseSearchText } from '../domain/search/search-text.js';
import { readText } from '../domain/search/word-lookup.js';
import { owns } from '../domain/permissions.js';
import { categoriesTopic } from '../domain/topics.js';
import { CategoryEntity } from '../entities/category.js';
import type { ListingFilter, MoneyInput } from '../generated/resolvers.js';

/**
 * Reads a filter; null if it refers to unknown things and so matches nothing.
 * @param corrections of the search text, from the cursor of an earlier page
 * @throws BAD_USER_INPUT; UNAUTHENTICATED or FORBIDDEN for listings that are not public
 */
export async function readFilter(
  context: Context,
  filter: ListingFilter | null | undefined,
  corrections: Corrections | null,
): Promise<ListingQuery | null> {
  const { search, kinds, tags, city, priceMin, priceMax, partnerId, ...plain } = filter ?? {};
  checkPrices(priceMin, priceMax);
  const partner = partnerId ? fromApiId('partner', partnerId) : null;
  const category = await readCategory(context, plain);
  // Every sale may change such a list.
  if (plain.availableOnly) context.cacheDependencies?.markPrivate();
  const query: ListingQuery = {
    status: plain.status ?? 'PUBLISHED',
    text: hasText(search)
      ? await readText(context.database.reader, parseSearchText(search), corrections)
      : null,
    kinds: kinds && kinds.length > 0 ? kinds : null,
    tags: tags ?? null,
    city: city ?? null,
    difficulties: plain.difficulties && plain.difficulties.length > 0 ? plain.difficulties : null,
    priceMin: priceMin ?? null,
    priceMax: priceMax ?? null,
    startsAfter: plain.startsAfter ?? null,
    startsBefore: plain.startsBefore ?? null,
    availableOnly: plain.availableOnly ?? null,
    categoryId: category?.id ?? null,
    partnerId: (await ownPartner(context, plain.status ?? 'PUBLISHED', partner)) ?? partner,
  };
  const isUnknown = (partnerId && partner === null) || category?.id === null;
  return isUnknown ? null : query;
}

/** Whether there is a search text. */
export function hasText(search: string | null | undefined): search is string {
  return (search ?? '').trim() !== '';
}

/** The category of a filter, with a null id if it does not exist; null without one. */
async function readCategory(
  context: Context,
  { categoryId, categorySlug }: ListingFilter,
): Promise<{ id: string | null } | null> {
  if (categoryId && categorySlug) throw refused('categorySlug', 'must not be combined with categoryId');
  if (categoryId) return { id: fromApiId('category', categoryId) };
  if (!categorySlug) return null;
  context.cacheDependencies?.add(categoriesTopic);
  const category = await context.database.reader.findOneBy(CategoryEntity, { slug: categorySlug });
  return { id: category?.id ?? null };
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
