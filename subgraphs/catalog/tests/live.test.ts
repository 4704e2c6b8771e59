import { randomUUID } from 'node:crypto';
import { isConflatableEvent } from '@souk/shared/graph/subscription';
import type { FormattedExecutionResult } from 'graphql';
import { recordNotifications } from '../../../tests/support/recorded-notifications.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import { TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

const subscription = `subscription ($id: ID!) {
  availabilityChanged(listingId: $id) { id offers { availability { available } } ... on Event { seats { status } } }
}`;

interface Changed {
  offers: { availability: { available: number | null } }[];
  seats?: { status: string }[];
}

const changedOf = (event: FormattedExecutionResult): Changed =>
  (event.data as { availabilityChanged: Changed }).availabilityChanged;

const watch = (id: string, user: TestUser | null = null) =>
  catalog.subgraph.watch(subscription, { id }, user);

describe('availabilityChanged', () => {
  it('sends the availability after each purchase, hold and correction', async () => {
    const book = await catalog.product({ onHand: 5 });
    const other = await catalog.product({ onHand: 5 });
    // The notifications of their creation have arrived; the other stream is silent from here on.
    const { stop } = await recordNotifications(catalog.subgraph.dependencies.queues.changes('catalog'));
    const heard = await watch(book.listing.id);
    const elsewhere = await watch(other.listing.id);
    const left = (): (number | null | undefined)[] =>
      heard.events.map((event) => changedOf(event).offers[0]?.availability.available);
    const checkout = new TestCheckout(catalog, [{ offer: book.offer, quantity: 2 }]);
    await checkout.reserve();
    await until('three to be left', () => left().at(-1) === 3);
    await checkout.release();
    await until('five to be left', () => left().at(-1) === 5);
    await catalog.mutate('adjustStock($input: AdjustStockInput!)', 'offer { id }', {
      input: { offerId: book.offer.id, delta: 4, reason: 'found', idempotencyKey: randomUUID() },
    });
    await until('nine to be left', () => left().at(-1) === 9);
    expect(elsewhere.events).toEqual([]);
    // A gateway can share the stream among many clients.
    expect(heard.events.every(isConflatableEvent)).toBe(true);
    stop();
    await Promise.all([heard.stop(), elsewhere.stop()]);
  });

  it('sends changes of seats', async () => {
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const heard = await watch(concert.listing.id);
    const checkout = new TestCheckout(catalog, [{ offer: concert.offer, seats: concert.seats }]);
    await checkout.reserve();
    await until('the seats to be held', () => {
      const last = heard.events.at(-1);
      return last && changedOf(last).seats?.every(({ status }) => status === 'HELD');
    });
    await checkout.confirm();
    await until('the seats to be sold', () => {
      const last = heard.events.at(-1);
      return last && changedOf(last).seats?.every(({ status }) => status === 'SOLD');
    });
    await heard.stop();
  });

  it('is FORBIDDEN for invisible listings, and ends', async () => {
    const partner = await catalog.partner();
    const draft = await catalog.draft('Product', { listing: { title: 'A draft' } }, partner);
    const codes = async (user: TestUser | null): Promise<unknown[]> =>
      (await (await watch(draft.id, user)).toEnd()).flatMap(({ errors = [] }) =>
        errors.map(({ extensions }) => extensions?.['code']),
      );
    expect(await codes(null)).toEqual(['FORBIDDEN']);
    const own = await watch(draft.id, partner);
    expect(own.hasEnded).toBe(false);
    await own.stop();
  });
});
