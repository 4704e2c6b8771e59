import { settingKeys } from '@souk/shared/system-setting';
import type { TestClient } from '@souk/testing/test-client';
import { AccessObjects } from '../access/access-objects.js';
import type { AccessPeople } from '../access/access-people.js';
import { reviewed } from '../access/social-objects.js';
import { category } from '../access/catalog-objects.js';
import type { TestOrder } from '../access/test-order.js';
import { stockEvent, stockGoods, stockLicences, stockSeats, stockTour } from '../support/shop.js';
import type { FuzzPool } from './fuzz-operation.js';

/** Settings that would refuse what the fuzz sends. */
const leftSettings = new Set<string>([
  'platform.maintenance',
  'gateway.rateLimitPerMinute',
  'gateway.registrationsPerHour',
  'checkout.requireVerifiedEmail',
]);

const unlimited = null;
const many = 500;

/** Creates what operations name: the user buys, the partner sells. Other users and partners can be suspended. */
export async function createPool(people: AccessPeople): Promise<FuzzPool> {
  const sets = Array.from({ length: 3 }, () => new AccessObjects(people));
  const [first] = sets;
  if (!first) throw new Error('There are no objects.');
  const seller = await people.client('partner');
  const [user, admin] = [await people.client('owner'), await people.client('administrator')];
  const [licences, goods, tour, hall, field] = await Promise.all([
    stockLicences(seller, unlimited),
    stockGoods(seller, many),
    stockTour(seller, many),
    stockSeats(seller, 3, 10),
    stockEvent(seller, new Date(Date.now() + 30 * 86_400_000), many),
  ]);
  const orders = await Promise.all(sets.flatMap((set) => [set.order(), set.unpaid('BANK_TRANSFER')]));
  const cards = await Promise.all(sets.map((set) => set.unpaid('CREDIT_CARD')));
  const shipments = await Promise.all(sets.map((set) => set.shipment()));
  const all = [...orders, ...cards, ...shipments];
  const cart = await first.cart();
  const guest = await first.guestCart();
  const sessions = await Promise.all(sets.map((set) => set.session()));
  const users = await Promise.all(sets.map(() => people.newUser()));
  const spares = await Promise.all(sets.map(() => stockLicences(seller, many)));
  const offers = [licences, goods, tour, hall, field, await first.offer()];
  const details = await readDetails(admin, all);
  return {
    user: users.map((other) => other.userId ?? ''),
    email: users.map((other) => other.email ?? ''),
    partner: [await first.ownersPartner(), ...(await Promise.all(sets.map((set) => set.pendingPartner())))],
    seller: [(await people.get('partner')).partnerId],
    addr: await Promise.all(sets.map((set) => set.address())),
    session: sessions.map(({ id }) => id),
    refreshToken: sessions.map(({ refreshToken }) => refreshToken),
    offer: offers.map(({ offerId }) => offerId),
    upc: offers.map(({ upc }) => upc),
    product: [goods.listingId],
    tour: [tour.listingId],
    app: [licences.listingId],
    event: [hall.listingId, field.listingId],
    spare: spares.map(({ listingId }) => listingId),
    listing: offers.map(({ listingId }) => listingId),
    seat: hall.seatIds,
    guest: [guest.cartId],
    cart: [cart.cartId, guest.cartId],
    item: [cart.itemId, guest.itemId],
    order: all.map(({ id }) => id),
    shipment: shipments.map(({ id }) => id),
    line: shipments.map(({ itemId }) => itemId),
    card: cards.map(({ paymentId }) => paymentId),
    checkout: all.map(({ checkoutId }) => checkoutId),
    payment: all.map(({ paymentId }) => paymentId),
    reference: all.map(({ reference }) => reference),
    code: all.map(({ code }) => code).filter((code) => code !== ''),
    setting: settingKeys.filter((key) => !leftSettings.has(key)),
    cursor: await readCursors(admin),
    ...details,
    review: (await Promise.all(sets.map((set) => reviewed(set)))).map(({ id }) => id),
    category: await Promise.all(sets.map((set) => category(set))),
    ...(await readCatalog(admin)),
    notification: await readNotifications(user, users),
  };
}

async function readDetails(admin: TestClient, orders: readonly TestOrder[]): Promise<FuzzPool> {
  const read = orders.map(async ({ checkoutId }) => {
    const { checkout } = (await admin.run(
      'query ($id: ID!) { checkout(id: $id) { transactionId order { number tokens { id } } } }',
      { id: checkoutId },
    )) as { checkout: { transactionId: string; order: { number: string; tokens: { id: string }[] } } };
    return checkout;
  });
  const checkouts = await Promise.all(read);
  return {
    transactionId: checkouts.map(({ transactionId }) => transactionId),
    number: checkouts.map(({ order }) => order.number),
    token: checkouts.flatMap(({ order }) => order.tokens.map(({ id }) => id)),
  };
}

async function readCatalog(admin: TestClient): Promise<FuzzPool> {
  const data = (await admin.run(
    '{ categories { slug } venues { id } listings(first: 20) { nodes { slug } } }',
  )) as {
    categories: { slug: string }[];
    venues: { id: string }[];
    listings: { nodes: { slug: string }[] };
  };
  return {
    venue: data.venues.map(({ id }) => id),
    slug: [...data.categories, ...data.listings.nodes].map(({ slug }) => slug),
  };
}

/** Cursors of several lists: each list gets those of the others too. */
async function readCursors(admin: TestClient): Promise<string[]> {
  const page = '(first: 1) { pageInfo { endCursor } }';
  const fields = ['users', 'partners', 'orders', 'checkouts', 'payments', 'listings'];
  const data = (await admin.run(`{ ${fields.map((name) => `${name}${page}`).join(' ')} }`)) as Record<
    string,
    { pageInfo: { endCursor: string | null } }
  >;
  return Object.values(data).flatMap(({ pageInfo }) => pageInfo.endCursor ?? []);
}

async function readNotifications(user: TestClient, followers: readonly TestClient[]): Promise<string[]> {
  await Promise.all(
    followers.map((follower) =>
      follower.mutate('mutation ($id: ID!) { follow(userId: $id) { userErrors { code message } } }', {
        id: user.userId,
      }),
    ),
  );
  const { me } = (await user.run('{ me { notifications { nodes { id } } } }')) as {
    me: { notifications: { nodes: { id: string }[] } };
  };
  return me.notifications.nodes.map(({ id }) => id);
}
