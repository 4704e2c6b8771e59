import type { OfferState } from '@souk/shared/contracts/catalog';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { AuditedValues } from '@souk/shared/db/recorded-action';
import { recordAction } from '@souk/shared/db/recorded-action';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { Kind } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import { InputCheck } from '@souk/shared/input-check';
import { listingToChange } from '../listing/listing.js';
import { readListingState } from '../listing/listing-state.js';
import type { SellerTransaction } from '../seller-transaction.js';
import type { OfferInput } from './offer-fields.js';
import { checkComparedPrice, checkCurrency, defaultMaxPerOrder, readOfferFields } from './offer-fields.js';
import { checkSeatCount, readSections } from './offer-sections.js';
import { recordPrice } from './price-history.js';
import { checkSalePeriod } from './sale-period.js';
import { makeSeats } from '../seat/seat-map.js';
import { insertUnlessTaken } from '../unique-write.js';
import { contentTopics } from '../topics.js';

/** Fulfillment of each kind of listing. */
const fulfilments: Readonly<Record<Kind, OfferEntity['fulfilment']>> = {
  PRODUCT: 'SHIPMENT',
  TOUR: 'TOUR_TOKEN',
  APP: 'LICENCE',
  EVENT: 'TICKET',
};

const field = ['input'];
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
  const fields = readOfferFields(listing, input, check);
  if (!input.price) check.refuse([...field, 'price'], 'An offer needs a price.');
  const onHand = check.number([...field, 'onHand'], input.onHand, 0, maxUnits);
  if ((input.sections ?? []).length > 0 && (input.onHand ?? null) !== null)
    check.refuse([...field, 'onHand'], 'The seats are the stock of a seated offer.');
  const offer = { ...emptyOffer, ...fields, title: fields.title ?? listing.title, onHand };
  checkCurrency(listing.priceCurrency, fields, check);
  if (fields.priceAmount !== undefined) checkComparedPrice(offer, input, check);
  checkSalePeriod(offer, listing, { fields: field, listing: ['listingId'] }, check, now);
  if ((await manager.countBy(OfferEntity, { listingId: listing.id })) >= maxOffers)
    check.refuse(['listingId'], `A listing may have ${maxOffers} offers at most.`);
  const sections = await readSections(manager, listing, input.sections ?? [], check);
  await checkSeatCount(manager, listing.id, sections, check);
  check.throwIfAny();
  const row = {
    ...offer,
    id: newId(),
    listingId: listing.id,
    seated: sections.length > 0,
    fulfilment: fulfilments[listing.kind],
  };
  if (!(await insertUnlessTaken(manager, OfferEntity, row))) throw upcTaken();
  await makeSeats(manager, { listingId: listing.id, offerId: row.id }, sections);
  if (onHand !== null && onHand > 0) await recordOpening(manager, row.id, onHand);
  await recordPrice(manager, row);
  await refreshPrices(manager, listing.id);
  outbox.publish(catalogEvents.offerCreated, listing.id, await readOfferState(manager, row.id));
  const after = {
    listingId: toApiId('listing', listing.id),
    ...auditedOffer(row),
    onHand,
    sections: input.sections,
  };
  recordAction(outbox, 'CREATE_OFFER', row.id, { before: null, after });
  publishChange(manager, contentTopics(listing.id));
  return row.id;
}

/** The values of an offer for the audit log. */
export function auditedOffer(offer: AuditedOffer): AuditedValues {
  const { upc, title, priceAmount: amount, priceCurrency: currency, compareAtAmount, maxPerOrder } = offer;
  const { salesStartAt, salesEndAt, startsAt } = offer;
  return {
    ...{ upc, title, price: { amount, currency }, maxPerOrder, salesStartAt, salesEndAt, startsAt },
    compareAtPrice: compareAtAmount === null ? null : { amount: compareAtAmount, currency },
  };
}

type AuditedOffer = Omit<
  OfferEntity,
  'id' | 'listingId' | 'onHand' | 'reserved' | 'sold' | 'seated' | 'fulfilment' | 'revision'
>;

/** Records the first units of an offer. The opening movement has the offer's id. */
async function recordOpening(manager: EntityManager, offerId: string, units: number): Promise<void> {
  await manager.query(
    `INSERT INTO stock_movement (offer_id, id, kind, on_hand, reserved) VALUES ($1, $1, 'OPENING', $2, 0)`,
    [offerId, units],
  );
}

const emptyOffer = {
  upc: null,
  priceAmount: 0,
  priceCurrency: '',
  compareAtAmount: null,
  reserved: 0,
  sold: 0,
  maxPerOrder: defaultMaxPerOrder,
  salesStartAt: null,
  salesEndAt: null,
  startsAt: null,
  revision: 1,
};

/** The rejection of a universal product code that another offer has. */
export function upcTaken(): Rejection {
  return new Rejection('UPC_TAKEN', 'Another offer has this UPC.', { field: [...field, 'upc'] });
}

/** Reads an offer for an event, after the change. */
export async function readOfferState(manager: EntityManager, offerId: string): Promise<OfferState> {
  const offer = await manager.findOneByOrFail(OfferEntity, { id: offerId });
  const { upc, title, priceAmount: amount, priceCurrency: currency, compareAtAmount } = offer;
  const { onHand, seated, listingId } = offer;
  return {
    offerId,
    upc,
    title,
    price: { amount, currency },
    compareAtPrice: compareAtAmount === null ? null : { amount: compareAtAmount, currency },
    onHand,
    seated,
    startsAt: offer.startsAt?.toISOString() ?? null,
    salesStartAt: offer.salesStartAt?.toISOString() ?? null,
    salesEndAt: offer.salesEndAt?.toISOString() ?? null,
    listing: await readListingState(manager, listingId),
  };
}

/** Updates the prices in the listing's row, which sorting and filtering use, from its offers. */
export async function refreshPrices(manager: EntityManager, listingId: string): Promise<void> {
  await manager.query(
    `UPDATE listing SET price_min = p.low, price_max = p.high, price_currency = p.currency, updated_at = now()
     FROM (SELECT min(price_amount) AS low, max(price_amount) AS high, min(price_currency) AS currency
           FROM offer WHERE listing_id = $1) p
     WHERE id = $1`,
    [listingId],
  );
}
