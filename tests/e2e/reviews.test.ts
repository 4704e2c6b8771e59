import type { TestClient } from '@souk/testing/test-client';
import { becomeSeller } from '../support/new-seller.js';
import { stockEvent, stockGoods, stockLicences, stockTour } from '../support/shop.js';
import type { TestOffer } from '../support/shop.js';
import { administrator, anonymous, newUser } from '../support/suite-clients.js';
import { until } from '../support/until.js';

let seller: TestClient;
let partnerId: string;
/** One listing of each kind. */
let offers: Record<'Product' | 'Tour' | 'App' | 'Event', TestOffer>;

beforeAll(async () => {
  seller = await newUser('seller');
  partnerId = await becomeSeller(seller, await administrator(), { name: `Reviewed ${crypto.randomUUID()}` });
  const inMonth = new Date(Date.now() + 30 * 86_400_000);
  const [product, tour, app, event] = await Promise.all([
    stockGoods(seller, 10),
    stockTour(seller, 10),
    stockLicences(seller, 10),
    stockEvent(seller, inMonth, 10),
  ]);
  offers = { Product: product, Tour: tour, App: app, Event: event };
});

async function codesOf(client: TestClient, call: string, variables: object): Promise<string[]> {
  const { done } = (await client.run(call, variables as Record<string, unknown>)) as {
    done: { userErrors: { code: string }[] };
  };
  return done.userErrors.map(({ code }) => code);
}

const reviewListing = (client: TestClient, { listingId }: TestOffer, stars: number): Promise<string[]> =>
  codesOf(
    client,
    `mutation ($listingId: ID!, $stars: Int!, $key: String!) {
      done: reviewListing(listingId: $listingId, stars: $stars, text: "A test.", idempotencyKey: $key) {
        userErrors { code } } }`,
    { listingId, stars, key: crypto.randomUUID() },
  );

/** A user with a paid order of one unit of each listing. Returns the order, and its line of goods. */
async function buyAll(buyer: TestClient): Promise<{ orderId: string; lineId: string }> {
  const { address } = (await buyer.mutate(
    `mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } userErrors { code message } } }`,
    {
      input: {
        ...{ recipient: 'Test', line1: '1 Test Street', city: 'Lisbon', postalCode: '1000-001' },
        countryCode: 'PT',
      },
    },
  )) as { address: { id: string } };
  const { checkout } = (await buyer.mutate(
    `mutation ($input: CreateOrderInput!) { createOrder(input: $input) {
      checkout { id order { id items { id title } } } userErrors { code message field } } }`,
    {
      input: {
        items: Object.values(offers).map(({ offerId }) => ({ offerId })),
        idempotencyKey: crypto.randomUUID(),
        payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
        shippingAddressId: address.id,
      },
    },
  )) as { checkout: { id: string; order: { id: string; items: { id: string; title: string }[] } } };
  await buyer.untilStatus(checkout.id, 'COMPLETED');
  const line = checkout.order.items.find(({ title }) => title.startsWith('Goods'));
  return { orderId: checkout.order.id, lineId: line?.id ?? '' };
}

/** Titles are random: listings of the seller by their kinds, in an order. */
async function kindsInOrder(sort: string): Promise<string[]> {
  const { listings } = (await anonymous().run(
    `query ($partnerId: ID!, $sort: ListingSort) { listings(filter: { partnerId: $partnerId }, sort: $sort) {
      nodes { __typename } } }`,
    { partnerId, sort },
  )) as { listings: { nodes: { __typename: string }[] } };
  return listings.nodes.map(({ __typename: kind }) => kind);
}

it('listings of every kind have reviews by their buyers, and lists are sorted by them', async () => {
  const [buyer, stranger] = [await newUser('buyer'), await newUser('stranger')];
  const { orderId, lineId } = await buyAll(buyer);
  expect(await reviewListing(stranger, offers.App, 5)).toEqual(['NOT_VERIFIED_BUYER']);
  expect(await reviewListing(buyer, offers.Product, 2)).toEqual(['NOT_VERIFIED_BUYER']);
  await seller.mutate(
    `mutation ($orderId: ID!, $lineId: ID!, $key: String!) {
      markShipped(orderId: $orderId, items: [{ itemId: $lineId, quantity: 1 }], carrier: "DHL", idempotencyKey: $key) {
        shipment { id } userErrors { code message } } }`,
    { orderId, lineId, key: crypto.randomUUID() },
  );
  await until('social knows the shipment', async () => {
    const codes = await reviewListing(buyer, offers.Product, 2);
    return codes.length === 0;
  });
  for (const [kind, stars] of [
    ['Tour', 4],
    ['App', 1],
    ['Event', 5],
  ] as const)
    expect(await reviewListing(buyer, offers[kind], stars)).toEqual([]);

  const rated = ['Event', 'Tour', 'Product', 'App'];
  await until('catalog has the ratings', async () => (await kindsInOrder('RATING')).join() === rated.join());
  const { listings } = (await stranger.run(
    `query ($partnerId: ID!) { listings(filter: { partnerId: $partnerId }, sort: RATING) {
      nodes { __typename rating { average count } reviews { totalCount nodes {
        stars text isMine author { displayName } listing { title } } } } } }`,
    { partnerId },
  )) as { listings: { nodes: object[] } };
  const author = { displayName: 'Test B.' };
  expect(listings.nodes).toMatchObject(
    [5, 4, 2, 1].map((stars, index) => ({
      __typename: rated[index],
      rating: { average: stars, count: 1 },
      reviews: {
        totalCount: 1,
        nodes: [
          { stars, text: 'A test.', isMine: false, author, listing: { title: expect.any(String) as string } },
        ],
      },
    })),
  );

  // A changed, a hidden and a deleted review change the order too.
  expect(await reviewListing(buyer, offers.Product, 5)).toEqual([]);
  const { listing } = (await buyer.run('query ($id: ID!) { listing(id: $id) { myReview { id isMine } } }', {
    id: offers.Event.listingId,
  })) as { listing: { myReview: { id: string; isMine: boolean } } };
  expect(listing.myReview.isMine).toBe(true);
  expect(
    await codesOf(
      seller,
      `mutation ($id: ID!) { done: replyToReview(reviewId: $id, text: "Thank you.") { userErrors { code } } }`,
      { id: listing.myReview.id },
    ),
  ).toEqual([]);
  const hide = `mutation ($id: ID!) { done: hideReview(id: $id, reason: "A test.") { userErrors { code } } }`;
  expect(await codesOf(await administrator(), hide, { id: listing.myReview.id })).toEqual([]);
  await until('catalog has the changes', async () => {
    const kinds = await kindsInOrder('RATING');
    return kinds.join() === ['Product', 'Tour', 'App', 'Event'].join();
  });
});

it('a user who has accepted a token may review, and a canceled order takes its review along', async () => {
  const [buyer, friend] = [await newUser('buyer'), await newUser('friend')];
  const checkoutId = await buyer.buy([{ offerId: offers.App.offerId }]);
  await buyer.untilStatus(checkoutId, 'COMPLETED');
  const { checkout } = (await buyer.run(
    'query ($id: ID!) { checkout(id: $id) { order { id tokens { id code } } } }',
    { id: checkoutId },
  )) as { checkout: { order: { id: string; tokens: { id: string; code: string }[] } } };
  const [token] = checkout.order.tokens;
  await buyer.mutate(
    `mutation ($code: String!, $email: String!) { offerTokenTransfer(code: $code, toEmail: $email) {
      token { id } userErrors { code message } } }`,
    { code: token?.code, email: friend.email },
  );
  await friend.mutate(
    'mutation ($id: ID!) { acceptTokenTransfer(tokenId: $id) { token { id } userErrors { code message } } }',
    { id: token?.id },
  );
  await until('social knows the new holder', async () => {
    const codes = await reviewListing(friend, offers.App, 3);
    return codes.length === 0;
  });
  const countOf = async (): Promise<number> => {
    const { listing } = (await friend.run('query ($id: ID!) { listing(id: $id) { rating { count } } }', {
      id: offers.App.listingId,
    })) as { listing: { rating: { count: number } } };
    return listing.rating.count;
  };
  const before = await countOf();
  await buyer.mutate(
    `mutation ($id: ID!, $key: String!) { cancelOrder(id: $id, reason: "A test.", idempotencyKey: $key) {
      order { id } userErrors { code message } } }`,
    { id: checkout.order.id, key: crypto.randomUUID() },
  );
  await until('the review is gone', async () => (await countOf()) === before - 1);
});
