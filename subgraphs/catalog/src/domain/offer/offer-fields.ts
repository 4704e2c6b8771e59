import type { InputCheck } from '@souk/shared/input-check';
import type { Money } from '@souk/shared/money';
import { visibleText } from '@souk/shared/text';
import type { ListingEntity } from '../../entities/listing.js';
import type { OfferEntity } from '../../entities/offer.js';

/** Input of an offer. */
export interface OfferInput {
  upc?: string | null;
  title?: string | null;
  price?: Money | null;
  compareAtPrice?: Money | null;
  onHand?: number | null;
  maxPerOrder?: number | null;
  salesStartAt?: Date | null;
  salesEndAt?: Date | null;
  startsAt?: Date | null;
  sections?: readonly string[] | null;
}

/** Columns that an input changes. A null title is the title of the listing. */
export type OfferFields = Partial<
  Pick<
    OfferEntity,
    | 'upc'
    | 'priceAmount'
    | 'priceCurrency'
    | 'compareAtAmount'
    | 'maxPerOrder'
    | 'salesStartAt'
    | 'salesEndAt'
    | 'startsAt'
  > & { title: string }
>;

const field = ['input'];
/** Minor units. The sum of 100 lines of 100 units stays below 2^53. */
const maxPrice = 100_000_000_000;

/** Units that one buyer may hold unpaid where the seller says nothing else. */
export const defaultMaxPerOrder = 10;

/**
 * Reads the columns that an input changes, and reports violations: an absent field stays, null clears it. Units and
 * sections are read elsewhere.
 */
export function readOfferFields(
  { title: listingTitle }: Pick<ListingEntity, 'title'>,
  input: OfferInput,
  check: InputCheck,
): OfferFields {
  const fields: OfferFields = {};
  if (input.price !== undefined) {
    const price = check.money([...field, 'price'], input.price, maxPrice);
    if (price) Object.assign(fields, { priceAmount: price.amount, priceCurrency: price.currency });
  }
  if (input.compareAtPrice !== undefined)
    fields.compareAtAmount =
      check.money([...field, 'compareAtPrice'], input.compareAtPrice, maxPrice)?.amount ?? null;
  if (input.upc !== undefined) fields.upc = readUpc(input.upc, check);
  if (input.title !== undefined) fields.title = visibleText(input.title) ?? listingTitle;
  if (input.maxPerOrder !== undefined)
    fields.maxPerOrder =
      check.number([...field, 'maxPerOrder'], input.maxPerOrder, 1, 100) ?? defaultMaxPerOrder;
  if (input.salesStartAt !== undefined) fields.salesStartAt = input.salesStartAt;
  if (input.salesEndAt !== undefined) fields.salesEndAt = input.salesEndAt;
  if (input.startsAt !== undefined) fields.startsAt = input.startsAt;
  return fields;
}

/** Reports a price in another currency than that of the listing's other offers; null if it has none. */
export function checkCurrency(
  others: string | null,
  { priceCurrency }: Pick<OfferFields, 'priceCurrency'>,
  check: InputCheck,
): void {
  if (priceCurrency === undefined || others === null || others === priceCurrency) return;
  check.refuse(
    [...field, 'price', 'currency'],
    `All offers of a listing share one currency: this one's is ${others}.`,
  );
}

/** The prices of an offer after its change. */
type Prices = Pick<OfferEntity, 'priceAmount' | 'priceCurrency' | 'compareAtAmount'>;

/** Reports a compared price that is not above the price, or in another currency. */
export function checkComparedPrice(
  after: Prices,
  { price, compareAtPrice }: Pick<OfferInput, 'price' | 'compareAtPrice'>,
  check: InputCheck,
): void {
  if (after.compareAtAmount === null) return;
  if (compareAtPrice && compareAtPrice.currency !== after.priceCurrency) {
    check.refuse(
      [...field, 'compareAtPrice', 'currency'],
      `The compared price must be in the currency of the price, ${after.priceCurrency}.`,
    );
  } else if (after.compareAtAmount <= after.priceAmount) {
    check.refuse(
      [...field, compareAtPrice || !price ? 'compareAtPrice' : 'price'],
      `The compared price must be above the price; they are ${after.compareAtAmount} and ${after.priceAmount}.`,
    );
  }
}

function readUpc(upc: string | null, check: InputCheck): string | null {
  if (upc !== null && !/^[A-Za-z0-9-]{1,64}$/.test(upc))
    check.refuse([...field, 'upc'], 'A UPC is 1 to 64 letters, digits and hyphens.');
  return upc;
}
