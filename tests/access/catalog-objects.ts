import { stockLicences, stockSeats } from '../support/shop.js';
import type { TestOffer } from '../support/shop.js';
import type { AccessObjects } from './access-objects.js';

/** A kind of listing. */
export type ListingKind = 'Product' | 'Tour' | 'App' | 'Event';

/** A draft of the seller, whose price is set. */
export interface TestDraft {
  listingId: string;
  offerId: string;
}

const seats = { rows: 10, perRow: 10 };

/** A draft of the seller. */
export function draft(o: AccessObjects, kind: ListingKind): Promise<TestDraft> {
  return o.once(`draft ${kind}`, async () => {
    const seller = await o.people.client('partner');
    const { listing } = (await seller.mutate(
      `mutation ($input: ${kind}Input!) { create${kind}(input: $input) { listing { id } userErrors { code message } } }`,
      { input: listingInput() },
    )) as { listing: { id: string } };
    const { offer } = (await seller.mutate(
      `mutation ($id: ID!, $input: OfferInput!) { createOffer(listingId: $id, input: $input) {
        offer { id } userErrors { code message field } } }`,
      { id: listing.id, input: offerInput(kind === 'Event' ? {} : { onHand: 5 }) },
    )) as { offer: { id: string } };
    return { listingId: listing.id, offerId: offer.id };
  });
}

/** The input of a listing of any kind. */
export function listingInput(): { listing: { title: string } } {
  return { listing: { title: `Listing ${crypto.randomUUID().slice(0, 8)}` } };
}

/** The input of an offer. */
export function offerInput(more: object = {}): object {
  return { price: { amount: 1_000, currency: 'EUR' }, ...more };
}

/** The input of a venue. */
export const venueInput = {
  name: 'Field',
  address: '1 Test Street',
  city: 'Lisbon',
  countryCode: 'PT',
  capacity: 10,
};

/** A published listing of the seller that nobody has bought. */
export function unsold(o: AccessObjects): Promise<TestOffer> {
  return o.once('unsold', async () => stockLicences(await o.people.client('partner'), 100));
}

/** A published event of the seller, with seats. */
export function hall(o: AccessObjects): Promise<TestOffer & { seatIds: string[] }> {
  return o.shared.once('hall', async () =>
    stockSeats(await o.people.client('partner'), seats.rows, seats.perRow),
  );
}

/** The id of a seat that no other call gets. */
export async function freeSeat(o: AccessObjects): Promise<string> {
  const { seatIds } = await hall(o);
  const seat = seatIds.shift();
  if (seat === undefined) throw new Error('The hall has no seat left.');
  return seat;
}

/** The id of a seat that the owner holds. */
export function heldSeat(o: AccessObjects): Promise<string> {
  return o.once('held seat', async () => {
    const seat = await freeSeat(o);
    const owner = await o.people.client('owner');
    await owner.mutate(
      'mutation ($ids: [ID!]!) { holdSeats(seatIds: $ids) { userErrors { code message } } }',
      {
        ids: [seat],
      },
    );
    return seat;
  });
}

/** The TypeID of a venue of the seller. */
export function venue(o: AccessObjects): Promise<string> {
  return o.once('venue', async () => {
    const { venue: created } = (await (
      await o.people.client('partner')
    ).mutate(
      'mutation ($input: VenueInput!) { createVenue(input: $input) { venue { id } userErrors { code message } } }',
      { input: venueInput },
    )) as { venue: { id: string } };
    return created.id;
  });
}

/** The TypeID of a category without listings. */
export function category(o: AccessObjects): Promise<string> {
  return o.once('category', async () => {
    const { category: created } = (await (
      await o.people.client('administrator')
    ).mutate(
      'mutation ($name: String!) { createCategory(name: $name) { category { id } userErrors { code message } } }',
      { name: `Things ${crypto.randomUUID().slice(0, 8)}` },
    )) as { category: { id: string } };
    return created.id;
  });
}

/** Changes the stock of an offer of the seller. */
export async function changeStock(o: AccessObjects, offerId: string): Promise<void> {
  const input = { offerId, delta: 1, reason: 'A test.', idempotencyKey: crypto.randomUUID() };
  const seller = await o.people.client('partner');
  await seller.mutate(
    'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { code message } } }',
    { input },
  );
}
