import { catalogEvents } from '@souk/shared/contracts/catalog';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import type { EntityManager } from 'typeorm';
import { EventSeatEntity } from '../../entities/event-seat.js';
import type { Kind, ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import type { Section } from '../../entities/venue.js';
import { VenueEntity } from '../../entities/venue.js';
import { InputCheck } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import { listingToChange } from '../listing/listing.js';
import { readListingState } from '../listing/listing-state.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { checkSalePeriod } from './sale-period.js';
import { makeSeats, sectionsTaken } from '../seat/seat-map.js';
import { insertUnlessTaken } from '../unique-insert.js';
import { maxSeats } from '../venue/venue.js';
import { contentTopics } from '../topics.js';

/** Input of a new offer. */
export interface OfferInput {
  upc?: string | null;
  title?: string | null;
  price?: Money | null;
  onHand?: number | null;
  maxPerOrder?: number | null;
  salesStartAt?: Date | null;
  salesEndAt?: Date | null;
  startsAt?: Date | null;
  sections?: readonly string[] | null;
}

/** Fulfillment of each kind of listing. */
const fulfilments: Readonly<Record<Kind, OfferEntity['fulfilment']>> = {
  PRODUCT: 'SHIPMENT',
  TOUR: 'TOUR_TOKEN',
  APP: 'LICENCE',
  EVENT: 'TICKET',
};

const field = ['input'];
/** Minor units. The sum of 100 lines of 100 units stays below 2^53. */
const maxPrice = 100_000_000_000;
const maxUnits = 2_000_000_000;
/** Maximum number of offers of one listing. */
export const maxOffers = 200;

/**
 * Creates an offer of a listing and returns its id.
 * @throws Rejection(s) NOT_FOUND, NOT_OWNER, INVALID, CONFLICT, UPC_TAKEN
 */
export async function createOffer(
  { manager, outbox, seller }: SellerTransaction,
  listingApiId: string,
  input: OfferInput,
  now: Date,
): Promise<string> {
  const listing = await listingToChange(manager, seller, listingApiId, ['listingId']);
  const check = new InputCheck();
  const offer = await readOffer(manager, listing, input, check, now);
  const sections = await readSections(manager, listing, input.sections ?? [], check);
  await refuseTooManySeats(manager, listing.id, sections, check);
  check.throwIfAny();
  if (!(await insertUnlessTaken(manager, OfferEntity, { ...offer, seated: sections.length > 0 })))
    throw new Rejection('UPC_TAKEN', 'Another offer has this UPC.', { field: [...field, 'upc'] });
  await makeSeats(manager, { listingId: listing.id, offerId: offer.id }, sections);
  await refreshPrices(manager, listing.id);
  const { id: offerId, upc, title, priceAmount: amount, priceCurrency: currency, onHand } = offer;
  outbox.publish(catalogEvents.offerCreated, listing.id, {
    offerId,
    upc,
    title,
    price: { amount, currency },
    onHand,
    seated: sections.length > 0,
    listing: await readListingState(manager, listing.id),
  });
  publishChange(manager, contentTopics(listing.id));
  return offer.id;
}

async function readOffer(
  manager: EntityManager,
  listing: ListingEntity,
  input: OfferInput,
  check: InputCheck,
  now: Date,
): Promise<Omit<OfferEntity, 'seated'>> {
  const price = check.money([...field, 'price'], input.price, maxPrice);
  if (!input.price) check.refuse([...field, 'price'], 'An offer needs a price.');
  if (price && listing.priceCurrency !== null && listing.priceCurrency !== price.currency)
    check.refuse(
      [...field, 'price', 'currency'],
      `All offers of a listing share one currency: this one's is ${listing.priceCurrency}.`,
    );
  const upc = input.upc ?? null;
  if (upc !== null && !/^[A-Za-z0-9-]{1,64}$/.test(upc))
    check.refuse([...field, 'upc'], 'A UPC is 1 to 64 letters, digits and hyphens.');
  if ((input.sections ?? []).length > 0 && (input.onHand ?? null) !== null)
    check.refuse([...field, 'onHand'], 'The seats are the stock of a seated offer.');
  const dates = {
    salesStartAt: input.salesStartAt ?? null,
    salesEndAt: input.salesEndAt ?? null,
    startsAt: input.startsAt ?? null,
  };
  checkSalePeriod(dates, listing, field, check, now);
  if ((await manager.countBy(OfferEntity, { listingId: listing.id })) >= maxOffers)
    check.refuse(['listingId'], `A listing may have ${maxOffers} offers at most.`);
  return {
    id: newId(),
    listingId: listing.id,
    upc,
    title: visibleText(input.title) ?? listing.title,
    priceAmount: price?.amount ?? 0,
    priceCurrency: price?.currency ?? '',
    onHand: check.number([...field, 'onHand'], input.onHand, 0, maxUnits),
    reserved: 0,
    sold: 0,
    maxPerOrder: check.number([...field, 'maxPerOrder'], input.maxPerOrder, 1, 100) ?? 10,
    ...dates,
    fulfilment: fulfilments[listing.kind],
    revision: 1,
  };
}

async function readSections(
  manager: EntityManager,
  listing: ListingEntity,
  names: readonly string[],
  check: InputCheck,
): Promise<Section[]> {
  const path = [...field, 'sections'];
  if (names.length === 0) return [];
  const venue = listing.venueId && (await manager.findOneBy(VenueEntity, { id: listing.venueId }));
  if (!venue) {
    check.refuse(path, 'Only an event at a venue has seats.');
    return [];
  }
  const taken = await sectionsTaken(manager, listing.id, names);
  const found = new Set<Section>();
  for (const [index, name] of names.entries()) {
    const section = venue.sections.find((other) => other.name === name);
    if (!section) check.refuse([...path, `${index}`], 'The venue has no section of this name.', 'NOT_FOUND');
    else if (taken.has(name))
      check.refuse([...path, `${index}`], 'Another offer sells this section already.', 'CONFLICT');
    else found.add(section);
  }
  return [...found];
}

/** Rejects more seats than an event may have. The lock on the listing serializes changes of its offers. */
async function refuseTooManySeats(
  manager: EntityManager,
  listingId: string,
  sections: readonly Section[],
  check: InputCheck,
): Promise<void> {
  if (sections.length === 0) return;
  const present = await manager.countBy(EventSeatEntity, { listingId });
  const added = sections.reduce((sum, section) => sum + section.rows * section.seatsPerRow, 0);
  if (present + added > maxSeats)
    check.refuse(
      [...field, 'sections'],
      `An event may have ${maxSeats} seats at most; with these it has ${present + added}.`,
    );
}

/** Updates the prices in the listing's row, which sorting and filtering use, from its offers. */
async function refreshPrices(manager: EntityManager, listingId: string): Promise<void> {
  await manager.query(
    `UPDATE listing SET price_min = p.low, price_max = p.high, price_currency = p.currency, updated_at = now()
     FROM (SELECT min(price_amount) AS low, max(price_amount) AS high, min(price_currency) AS currency
           FROM offer WHERE listing_id = $1) p
     WHERE id = $1`,
    [listingId],
  );
}
