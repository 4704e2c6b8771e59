import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { eur, inHours, refusals, startCatalog } from './support/catalog.js';
import { replyCode, TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

type Updated = Payload<{ offer: Record<string, unknown> | null }>;

function update(offer: Made, input: object, expectedRevision?: number): Promise<Updated> {
  return catalog.mutate(
    'updateOffer($id: ID!, $expectedRevision: Int, $input: OfferInput!)',
    'offer { revision price { amount } listing { priceRange { min { amount } max { amount } } } }',
    { id: offer.id, input, expectedRevision },
  );
}

const refused = async (offer: Made, input: object): Promise<string[]> => refusals(await update(offer, input));

test('changes the price of the offer and the price range of its listing', async () => {
  const { listing, offer } = await catalog.product({ price: eur(1_000) });
  await catalog.offer(listing, { price: eur(2_000) });
  expect(await update(offer, { price: eur(3_000) })).toMatchObject({
    offer: {
      revision: 2,
      price: { amount: 3_000 },
      listing: { priceRange: { min: { amount: 2_000 }, max: { amount: 3_000 } } },
    },
  });
  expect(await update(offer, { price: eur(3_000) })).toMatchObject({ offer: { revision: 2 } });
});

test('a stale write is told the revision; an adjustment of the stock counts', async () => {
  const { offer } = await catalog.product({ onHand: 5 });
  await catalog.mutate('adjustStock($input: AdjustStockInput!)', 'replayed', {
    input: { offerId: offer.id, delta: 1, reason: 'count', idempotencyKey: offer.id },
  });
  expect((await update(offer, { title: 'x' }, 1)).userErrors).toMatchObject([
    { __typename: 'StaleWriteError', code: 'STALE_WRITE', currentRevision: 2, field: ['expectedRevision'] },
  ]);
  expect((await update(offer, { title: 'x' }, 2)).userErrors).toEqual([]);
});

test('concurrent changes of one revision: one wins; of no revision: all are applied', async () => {
  const { offer } = await catalog.product({ onHand: 5 });
  const first = await Promise.all([1, 2, 3].map((amount) => update(offer, { price: eur(amount) }, 1)));
  expect(first.flatMap(refusals)).toEqual(Array.from({ length: 2 }, () => 'STALE_WRITE expectedRevision'));
  const titles = await Promise.all(['a', 'b', 'c'].map((title) => update(offer, { title })));
  expect(titles.flatMap(refusals)).toEqual([]);
  expect(await update(offer, { maxPerOrder: 7 })).toMatchObject({ offer: { revision: 6 } });
});

test('a currency is that of the other offers; of the only one it can change', async () => {
  const { listing, offer } = await catalog.product();
  expect(await refused(offer, { price: { amount: 5, currency: 'USD' } })).toEqual([]);
  await catalog.offer(listing, { price: { amount: 5, currency: 'USD' } });
  expect(await refused(offer, { price: eur(5) })).toEqual(['INVALID input.price.currency']);
});

test('a UPC of another offer is refused, also when two take it at once', async () => {
  const offers = await Promise.all([1, 2].map(async () => (await catalog.product()).offer));
  const answers = await Promise.all(offers.map((offer) => refused(offer, { upc: 'ONE' })));
  expect(answers.flat()).toEqual(['UPC_TAKEN input.upc']);
});

test('units are not changed, not even by null', async () => {
  const { offer } = await catalog.product({ onHand: 5 });
  for (const onHand of [7, null]) expect(await refused(offer, { onHand })).toEqual(['INVALID input.onHand']);
});

test('dates must leave a time to sell, and only where they change', async () => {
  const { offer } = await catalog.product();
  expect(await refused(offer, { salesStartAt: inHours(2), salesEndAt: inHours(1) })).toEqual([
    'INVALID input.salesEndAt',
  ]);
  expect(await refused(offer, { startsAt: inHours(1) })).toEqual(['INVALID input.startsAt']);
  await catalog.sql('UPDATE offer SET sales_end_at = now() WHERE id = $1', [offer.uuid]);
  expect(await refused(offer, { title: 'Still renamed' })).toEqual([]);
  expect(await refused(offer, { salesEndAt: inHours(-1) })).toEqual(['INVALID input.salesEndAt']);
});

test('a departure stays once a place is held or sold', async () => {
  const tour = await catalog.draft('Tour', { listing: { title: 'x' }, location: 'y', durationMinutes: 60 });
  const offer = await catalog.offer(tour, { startsAt: inHours(48), onHand: 5 });
  await catalog.publish(tour);
  const checkout = new TestCheckout(catalog, [{ offer }]);
  expect(replyCode(await checkout.reserve())).toBe('done');
  expect(await refused(offer, { startsAt: inHours(50) })).toEqual(['CONFLICT input.startsAt']);
  await checkout.release();
  expect(await refused(offer, { startsAt: inHours(50) })).toEqual([]);
});

test('an open checkout keeps its price', async () => {
  const { offer } = await catalog.product({ onHand: 5, price: eur(1_000) });
  const checkout = new TestCheckout(catalog, [{ offer }]);
  expect(replyCode(await checkout.reserve({ expectedTotal: eur(1_000) }))).toBe('done');
  await update(offer, { price: eur(2_000) });
  expect(replyCode(await checkout.confirm())).toBe('done');
});

describe('sections', () => {
  const block = (name: string): object => ({ name, rows: 1, seatsPerRow: 2 });

  async function seatedOffer(): Promise<{ listing: Made; offer: Made; venue: Made }> {
    const venue = await catalog.venue([block('A'), block('B'), block('C')]);
    const times = { startsAt: inHours(48), endsAt: inHours(50) };
    const listing = await catalog.draft('Event', { listing: { title: 'x' }, venueId: venue.id, ...times });
    const offer = await catalog.offer(listing, { sections: ['A', 'B'], maxPerOrder: 5 });
    await catalog.publish(listing);
    return { listing, offer, venue };
  }

  const seatsOf = async (offer: Made): Promise<{ id: string; section: string }[]> =>
    catalog.sql('SELECT id, section FROM event_seat WHERE offer_id = $1 ORDER BY section, seat_number', [
      offer.uuid,
    ]);
  const sectionsOf = async (offer: Made): Promise<string> =>
    (await seatsOf(offer)).map(({ section }) => section).join('');

  it('are added, and removed while their seats are free', async () => {
    const { offer } = await seatedOffer();
    const [before] = await seatsOf(offer);
    expect(await refused(offer, { sections: ['A', 'C'] })).toEqual([]);
    expect(await sectionsOf(offer)).toBe('AACC');
    expect((await seatsOf(offer))[0]).toEqual(before);
    await catalog.sql("UPDATE event_seat SET status = 'SOLD' WHERE id = $1", [before?.id]);
    expect(await refused(offer, { sections: ['C'] })).toEqual(['CONFLICT input.sections']);
    expect(await sectionsOf(offer)).toBe('AACC');
  });

  it('cannot be cleared, unknown, or sold by another offer', async () => {
    const { listing, offer } = await seatedOffer();
    await catalog.offer(listing, { title: 'Other', sections: ['C'] });
    expect(await refused(offer, { sections: null })).toEqual(['INVALID input.sections']);
    expect(await refused(offer, { sections: [] })).toEqual(['INVALID input.sections']);
    expect(await refused(offer, { sections: ['A', 'B', 'C', 'D'] })).toEqual([
      'CONFLICT input.sections.2',
      'NOT_FOUND input.sections.3',
    ]);
    const standing = await catalog.offer(listing, { title: 'Standing' });
    expect(await refused(standing, { sections: ['A'] })).toEqual(['INVALID input.sections']);
    expect(await refused(standing, { sections: null })).toEqual([]);
  });

  it('are kept when the venue has others', async () => {
    const { offer, venue } = await seatedOffer();
    const replaced = await catalog.mutate(
      'updateVenue($id: ID!, $input: VenueInput!)',
      'venue { capacity }',
      {
        id: venue.id,
        input: { name: 'New', address: 'x', city: 'Porto', countryCode: 'PT', sections: [block('Z')] },
      },
    );
    expect(replaced).toEqual({ venue: { capacity: 2 }, userErrors: [] });
    const seats = await seatsOf(offer);
    expect(seats).toHaveLength(4);
    expect(await refused(offer, { sections: ['A', 'B'], title: 'Seat' })).toEqual([]);
    expect(await refused(offer, { sections: ['A', 'B', 'C'] })).toEqual(['NOT_FOUND input.sections.2']);
    expect(await refused(offer, { sections: ['A', 'B', 'Z'] })).toEqual([]);
    expect((await seatsOf(offer)).slice(0, 4)).toEqual(seats);
  });
});
