import { toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { Kind, ListingImage } from '../../entities/listing.js';
import { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import type { RecordFields } from './import-record.js';

const pageSize = 200;

const kindFields: Readonly<Record<Kind, (listing: ListingEntity) => RecordFields>> = {
  PRODUCT: ({ brand, weightGrams }) => ({ brand, weightGrams }),
  TOUR: ({ location, itinerary, durationMinutes, difficulty, timeZone }) => ({
    location,
    itinerary: itinerary?.map((stop) => present({ ...stop })),
    durationMinutes,
    difficulty,
    timeZone,
  }),
  APP: ({ version, platforms, website }) => ({ version, platforms, website }),
  EVENT: ({ venueId, startsAt, endsAt, doorsOpenAt }) => ({
    venueId: venueId && toApiId('venue', venueId),
    startsAt: startsAt?.toISOString(),
    endsAt: endsAt?.toISOString(),
    doorsOpenAt: doorsOpenAt?.toISOString(),
  }),
};

/** A record of an export. */
export interface ExportRecord {
  fields: RecordFields;
  /** Whether an import would take it for the record before it: it has neither a UPC nor a title of its own. */
  ambiguous: boolean;
}

/** The sellers whose listings are exported: a partner (null: the platform), or all, whose records name their partner. */
export type ExportedSellers = { partnerId: string | null } | 'all';

/**
 * Reads the listings of sellers with their offers as records that an import takes, ordered by slug. For a transaction that
 * sees one state.
 */
export async function* exportCatalog(
  manager: EntityManager,
  sellers: ExportedSellers,
): AsyncGenerator<ExportRecord> {
  for (let after: string | null = null; ;) {
    const listings: ListingEntity[] = await pageOf(manager, sellers, after);
    const offers = await offersOf(manager, listings);
    for (const listing of listings) {
      const { partnerId } = listing;
      const owner = sellers === 'all' && partnerId !== null ? { partner: toApiId('partner', partnerId) } : {};
      yield { fields: { ...listingFields(listing), ...owner }, ambiguous: false };
      const keys = new Set<string>();
      for (const { offer, sections } of offers.get(listing.id) ?? []) {
        const key = JSON.stringify([offer.title, offer.startsAt]);
        yield {
          fields: { ...offerFields(listing, offer, sections), ...owner },
          ambiguous: offer.upc === null && keys.has(key),
        };
        if (offer.upc === null) keys.add(key);
      }
    }
    after = listings.at(-1)?.slug ?? null;
    if (listings.length < pageSize || after === null) return;
  }
}

async function pageOf(
  manager: EntityManager,
  sellers: ExportedSellers,
  after: string | null,
): Promise<ListingEntity[]> {
  return manager
    .createQueryBuilder(ListingEntity, 'l')
    .where("l.status <> 'DELETED'")
    .andWhere(sellers === 'all' ? 'true' : 'l.partnerId IS NOT DISTINCT FROM :partnerId', {
      partnerId: sellers === 'all' ? null : sellers.partnerId,
    })
    .andWhere('(:after::text IS NULL OR l.slug > :after)', { after })
    .orderBy('l.slug')
    .limit(pageSize)
    .getMany();
}

interface ExportedOffer {
  offer: OfferEntity;
  sections: string[];
}

async function offersOf(
  manager: EntityManager,
  listings: readonly ListingEntity[],
): Promise<ReadonlyMap<string, ExportedOffer[]>> {
  const ids = listings.map(({ id }) => id);
  const offers = await manager
    .createQueryBuilder(OfferEntity, 'o')
    .where('o.listingId = ANY(:ids)', { ids })
    .orderBy('o.upc', 'ASC', 'NULLS LAST')
    .addOrderBy('o.title')
    .addOrderBy('o.startsAt', 'ASC', 'NULLS FIRST')
    .addOrderBy('o.id')
    .getMany();
  const rows: { offer_id: string; sections: string[] }[] = await manager.query(
    `SELECT offer_id, array_agg(DISTINCT section ORDER BY section) AS sections FROM event_seat
     WHERE listing_id = ANY($1) GROUP BY offer_id`,
    [ids],
  );
  const sections = new Map(rows.map((row) => [row.offer_id, row.sections]));
  const byListing = new Map<string, ExportedOffer[]>(ids.map((id) => [id, []]));
  for (const offer of offers)
    byListing.get(offer.listingId)?.push({ offer, sections: sections.get(offer.id) ?? [] });
  return byListing;
}

function listingFields(listing: ListingEntity): RecordFields {
  const { kind, slug, status, title, language, summary, description, seoTitle, seoDescription } = listing;
  const { categoryId, tags, images, features } = listing;
  return present({
    type: 'listing',
    ...{ kind, slug, status, title, language, summary, description, seoTitle, seoDescription },
    categoryId: categoryId && toApiId('category', categoryId),
    tags,
    images: images.map(imageFields),
    features,
    ...kindFields[kind](listing),
  });
}

function imageFields({ url, alt, upload }: ListingImage): RecordFields {
  return present(upload ? { imageId: toApiId('image', upload.id), alt } : { url, alt });
}

function offerFields({ slug }: ListingEntity, offer: OfferEntity, sections: readonly string[]): RecordFields {
  const { upc, title, priceCurrency: currency, onHand, maxPerOrder } = offer;
  return present({
    type: 'offer',
    listing: slug,
    upc,
    title,
    price: { amount: offer.priceAmount, currency },
    compareAtPrice: offer.compareAtAmount === null ? null : { amount: offer.compareAtAmount, currency },
    onHand,
    maxPerOrder,
    salesStartAt: offer.salesStartAt?.toISOString(),
    salesEndAt: offer.salesEndAt?.toISOString(),
    startsAt: offer.startsAt?.toISOString(),
    sections,
  });
}

/** Without fields that are empty: absent ones are, in a new listing. */
function present(fields: RecordFields): RecordFields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
