import { readListPage } from '@souk/shared/graph/list-pages';
import { readPage, toConnection } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { isPartnerCursor } from '../domain/search/partner-listings.js';
import { anyContentTopic } from '../domain/topics.js';
import type { PartnerResolvers, Resolvers } from '../generated/resolvers.js';
import { readFacets } from './facets.js';
import { venuesSize } from './venue.js';
import { requireOwner } from './visibility.js';

/** Fields that catalog adds to account's Partner. */
const partnerFields: PartnerResolvers = {
  __resolveReference: ({ id }) => {
    const uuid = fromApiId('partner', id);
    return uuid === null ? null : { id: uuid };
  },
  id: (partner) => toApiId('partner', partner.id),
  listings: async ({ id: partnerId }, { status: requestedStatus, first, after }, context) => {
    context.cacheDependencies?.add(anyContentTopic);
    const status = requestedStatus ?? 'PUBLISHED';
    if (status !== 'PUBLISHED')
      await requireOwner(context, partnerId, `A list of listings that are ${status}`);
    const page = readPage({ first, after }, isPartnerCursor);
    const found = await context.loaders.partnerListings.load({
      partnerId,
      status,
      limit: page.limit,
      after: page.cursor,
    });
    const rows = await Promise.all(
      found.map(async (place) => ({ place, listing: await context.loaders.listing.load(place.id) })),
    );
    const connection = toConnection(
      page,
      rows.flatMap(({ place, listing }) => (listing ? [{ place, listing }] : [])),
      {
        cursor: ({ place }) => [place.listedAt, place.id] as [number, string],
        node: ({ listing }) => listing,
        edge: () => ({ score: null }),
      },
      () => context.loaders.partnerListingCount.load({ partnerId, status }),
    );
    return { ...connection, facets: () => readFacets(context, { status, partnerId }) };
  },
  venues: (partner, page, context) =>
    context.loaders.venuesOf.load({ group: partner.id, ...readListPage(page, venuesSize, 'venue') }),
};

/** Resolvers of partners. */
export const partnerResolvers: Resolvers = { Partner: partnerFields };
