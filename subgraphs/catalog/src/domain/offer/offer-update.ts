import { changedFields } from '@souk/shared/changed-fields';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { changedValues, recordAction } from '@souk/shared/db/recorded-action';
import type { Outbox } from '@souk/shared/db/outbox';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import type { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import { isOnSale } from '../availability.js';
import { lockListing } from '../locks.js';
import type { Seller } from '../permissions.js';
import { requireOwned } from '../permissions.js';
import { checkRevision } from '../revision.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { contentTopics } from '../topics.js';
import { updateUnlessTaken } from '../unique-write.js';
import type { OfferFields, OfferInput } from './offer-fields.js';
import { checkComparedPrice, checkCurrency, readOfferFields } from './offer-fields.js';
import { changeSections } from './offer-sections.js';
import { auditedOffer, readOfferState, refreshPrices, upcTaken } from './offer.js';
import { recordPrice } from './price-history.js';
import type { OfferDates } from './sale-period.js';
import { checkSalePeriod } from './sale-period.js';

/** A change of an offer. */
export interface OfferUpdate {
  /** API id. */
  id: string;
  /** The revision that the caller read; null or absent accepts any. */
  expectedRevision?: number | null;
  input: OfferInput;
}

const field = ['input'];
const paths = { fields: field, listing: ['id'] };
const priceColumns = ['priceAmount', 'priceCurrency', 'compareAtAmount'];
const dates = ['salesStartAt', 'salesEndAt', 'startsAt'];

/**
 * Changes the fields of an offer that the input has: an absent field stays, null clears it. A change to the present state
 * has no effect. Returns its id.
 * @throws Rejection(s) NOT_FOUND, NOT_OWNER, INVALID, CONFLICT, UPC_TAKEN, STALE_WRITE
 */
export async function updateOffer(
  { manager, outbox, seller }: SellerTransaction,
  { id: apiId, expectedRevision, input }: OfferUpdate,
  now: Date,
): Promise<string> {
  const { offer, listing } = await offerToChange(manager, seller, apiId);
  const check = new InputCheck();
  check.add(checkRevision('offer', offer.revision, expectedRevision, ['expectedRevision']));
  const fields = readOfferFields(listing, input, check);
  const changed = changedFields<OfferFields>(fields, offer);
  refuseFixedFields(input, check);
  checkCurrency(await currencyOfOthers(manager, offer), fields, check);
  const prices = pricesAfter(offer, fields);
  if (changed.some((name) => priceColumns.includes(name))) checkComparedPrice(prices, input, check);
  if (changed.some((name) => dates.includes(name)))
    checkSalePeriod(datesAfter(offer, fields), listing, paths, check, now);
  if (changed.includes('startsAt') && (offer.sold > 0 || offer.reserved > 0))
    check.refuse(
      [...field, 'startsAt'],
      'Places of the present departure are sold or held: they would not be valid at another.',
      'CONFLICT',
    );
  const hasNewSections = await readNewSections(manager, listing, offer, input, check);
  check.throwIfAny();
  if (changed.length === 0 && !hasNewSections) return offer.id;
  const values = Object.fromEntries(changed.map((name) => [name, fields[name]]));
  const isUnique = await updateUnlessTaken(manager, (savepoint) =>
    savepoint.update(OfferEntity, { id: offer.id }, { ...values, revision: () => 'revision + 1' }),
  );
  if (!isUnique) throw upcTaken();
  if (changed.some((name) => priceColumns.includes(name))) {
    await recordPrice(manager, { id: offer.id, ...prices });
    await refreshPrices(manager, listing.id);
  }
  outbox.publish(catalogEvents.offerUpdated, listing.id, {
    ...(await readOfferState(manager, offer.id)),
    changed: [...changed, ...(hasNewSections ? ['sections'] : [])],
  });
  publishLowerPrice(outbox, listing, offer, values, now);
  const { before, after } = changedValues(
    auditedOffer(offer),
    auditedOffer(Object.assign(new OfferEntity(), offer, values)),
  );
  const sections = hasNewSections && { sections: input.sections };
  recordAction(outbox, 'UPDATE_OFFER', offer.id, { before, after: { ...after, ...sections } });
  publishChange(manager, contentTopics(listing.id));
  return offer.id;
}

/** Publishes that a price fell, if the offer is on sale after the change. */
function publishLowerPrice(
  outbox: Outbox,
  listing: ListingEntity,
  before: OfferEntity,
  change: Partial<OfferFields>,
  now: Date,
): void {
  const { priceAmount: amount, priceCurrency: currency } = pricesAfter(before, change);
  const isLower = amount < before.priceAmount && currency === before.priceCurrency;
  if (!isLower || !isOnSale(datesAfter(before, change), listing, now)) return;
  outbox.publish(catalogEvents.offerPriceLowered, listing.id, {
    offerId: before.id,
    listingId: listing.id,
    title: change.title ?? before.title,
    listingTitle: listing.title,
    price: { amount, currency },
    previousPrice: { amount: before.priceAmount, currency },
  });
}

/** Locks and returns an offer that the seller may change, with its listing. @throws Rejection NOT_FOUND, NOT_OWNER */
async function offerToChange(
  manager: EntityManager,
  seller: Seller,
  apiId: string,
): Promise<{ offer: OfferEntity; listing: ListingEntity }> {
  const id = fromApiId('offer', apiId);
  const found = id === null ? null : await manager.findOneBy(OfferEntity, { id });
  const listing = requireOwned(seller, found && (await lockListing(manager, found.listingId)), 'offer', [
    'id',
  ]);
  // Read again: the listing's lock keeps other sellers' changes away, this lock adjustments and sales.
  const offer = await manager.findOne(OfferEntity, {
    where: { id: found?.id ?? '' },
    lock: { mode: 'for_no_key_update' },
  });
  if (!offer) throw new Rejection('NOT_FOUND', 'There is no such offer.', { field: ['id'] });
  return { offer, listing };
}

type Prices = Pick<OfferEntity, 'priceAmount' | 'priceCurrency' | 'compareAtAmount'>;

function pricesAfter(before: Prices, change: Partial<Prices>): Prices {
  const {
    priceAmount = before.priceAmount,
    priceCurrency = before.priceCurrency,
    compareAtAmount = before.compareAtAmount,
  } = change;
  return { priceAmount, priceCurrency, compareAtAmount };
}

function datesAfter(before: OfferDates, change: Partial<OfferDates>): OfferDates {
  const {
    salesStartAt = before.salesStartAt,
    salesEndAt = before.salesEndAt,
    startsAt = before.startsAt,
  } = change;
  return { salesStartAt, salesEndAt, startsAt };
}

/** Reports fields that an update does not change. */
function refuseFixedFields(input: OfferInput, check: InputCheck): void {
  if (input.price === null)
    check.refuse([...field, 'price'], 'An offer needs a price: it cannot be cleared.');
  if (input.onHand !== undefined)
    check.refuse([...field, 'onHand'], 'updateOffer does not change the units: use adjustStock.');
}

/** Changes the sections of a seated offer where the input has them. Returns whether they changed. */
async function readNewSections(
  manager: EntityManager,
  listing: ListingEntity,
  offer: OfferEntity,
  { sections }: OfferInput,
  check: InputCheck,
): Promise<boolean> {
  if (sections === undefined) return false;
  const names = [...new Set(sections ?? [])];
  if (offer.seated && names.length > 0) return changeSections(manager, listing, offer.id, names, check);
  if (offer.seated)
    check.refuse([...field, 'sections'], 'A seated offer needs a section: they cannot be cleared.');
  else if (names.length > 0)
    check.refuse([...field, 'sections'], 'An offer without seats gets none: create another one.');
  return false;
}

async function currencyOfOthers(
  manager: EntityManager,
  { id, listingId }: OfferEntity,
): Promise<string | null> {
  const rows: { price_currency: string }[] = await manager.query(
    'SELECT price_currency FROM offer WHERE listing_id = $1 AND id <> $2 LIMIT 1',
    [listingId, id],
  );
  return rows[0]?.price_currency ?? null;
}
