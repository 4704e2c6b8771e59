import { notificationTypes } from '@souk/social/domain/notification/catalogue';
import type { LargestData } from './largest-data.js';

/** An operation that reads lists at their largest. */
export interface ListCase {
  query: string;
  variables?: (data: LargestData) => Record<string, unknown>;
  /** The fields that it reads at their largest, with how many items each then has. */
  lists: Readonly<Record<string, number>>;
}

/** The most variables of a type of notifications, with the two that every template has. */
const mostVariables =
  Math.max(...notificationTypes.map(({ variables }) => Object.keys(variables.shape).length)) + 2;

const listingLists =
  'tags images { url sizes { width } } offers { id } alsoBought(first: 100) { score } boughtByFollowed(first: 100) { id }';
const ofListing = (type: string): Record<string, number> => ({
  [`${type}.tags`]: 20,
  [`${type}.images`]: 20,
  'Image.sizes': 4,
  [`${type}.offers`]: 200,
  [`${type}.alsoBought`]: 100,
  [`${type}.boughtByFollowed`]: 100,
});
const ofConnection = (type: string): Record<string, number> => ({
  [`${type}.edges`]: 100,
  [`${type}.nodes`]: 100,
});
const both = (field: string): string => `{ edges { node { ${field} } } nodes { ${field} } }`;
const listing = (type: string, fields = ''): string =>
  `query ($id: ID!) { listing(id: $id) { ... on ${type} { ${listingLists} ${fields} } } }`;

/** An amount of each currency that Souk knows. */
const currencies = Intl.supportedValuesOf('currency').length;

/** Each list of the API at its largest. */
export const listCases: readonly ListCase[] = [
  {
    query: `query ($id: ID!) { listing(id: $id) { ${listingLists} } }`,
    variables: ({ product }) => ({ id: product }),
    lists: ofListing('Listing'),
  },
  { query: listing('Product'), variables: ({ product }) => ({ id: product }), lists: ofListing('Product') },
  {
    query: listing('Tour', 'itinerary { name }'),
    variables: ({ tour }) => ({ id: tour }),
    lists: { ...ofListing('Tour'), 'Tour.itinerary': 100 },
  },
  {
    query: listing('App', 'platforms'),
    variables: ({ app }) => ({ id: app }),
    lists: { ...ofListing('App'), 'App.platforms': 20 },
  },
  {
    query: listing(
      'Event',
      'bestAvailable(quantity: 100) { id } venue { sections { name } } seats { id offer { id } }',
    ),
    variables: ({ event }) => ({ id: event }),
    lists: {
      ...ofListing('Event'),
      'Event.bestAvailable': 100,
      'Venue.sections': 100,
      'Event.seats': 20_000,
    },
  },
  {
    query: listing(
      'Event',
      'seatMap { sections { names offerIds } rows { labels sections firstSeats } seats { ids numbers x y } }',
    ),
    variables: ({ event }) => ({ id: event }),
    lists: {
      'SeatMapSections.names': 100,
      'SeatMapSections.offerIds': 100,
      'SeatMapRows.labels': 200,
      'SeatMapRows.sections': 200,
      'SeatMapRows.firstSeats': 200,
      'SeatMapSeats.ids': 20_000,
      'SeatMapSeats.numbers': 20_000,
      'SeatMapSeats.x': 20_000,
      'SeatMapSeats.y': 20_000,
    },
  },
  {
    query: listing('Event', 'seats(first: 300) { id }'),
    variables: ({ event }) => ({ id: event }),
    lists: { 'Event.seats': 300 },
  },
  { query: `{ listings(first: 100) ${both('id')} }`, lists: ofConnection('ListingConnection') },
  {
    query: '{ listings(first: 1) { facets { values { value } } } }',
    lists: { 'ListingConnection.facets': 8, 'Facet.values': 50 },
  },
  {
    // A list of texts costs nothing.
    query: '{ suggestListings(prefix: "copy", limit: 100) listings(first: 1) { nodes { id } } }',
    lists: { 'Query.suggestListings': 100 },
  },
  {
    query: `query ($id: ID!) { partner(id: $id) { listings(first: 100) ${both('offers { id }')} } }`,
    variables: ({ partner }) => ({ id: partner }),
    lists: {},
  },
  {
    query: 'query ($ids: [ID!]!) { offers(ids: $ids) { id } }',
    variables: ({ offerIds }) => ({ ids: offerIds }),
    lists: { 'Query.offers': 100 },
  },
  {
    query: '{ categories { id parent { id } children { id } } }',
    lists: { 'Query.categories': 1_000, 'Category.children': 50 },
  },
  { query: '{ category(slug: "level-10") { path { id } } }', lists: { 'Category.path': 10 } },
  {
    query: `query ($id: ID!) { offer(id: $id) { priceHistory(first: 100) ${both('validFrom')} } }`,
    variables: ({ offerIds }) => ({ id: offerIds[0] }),
    lists: ofConnection('OfferPriceConnection'),
  },
  {
    query: `query ($id: ID!) { offer(id: $id) { stockMovements(first: 100) ${both('kind')} } }`,
    variables: ({ offerIds }) => ({ id: offerIds[0] }),
    lists: ofConnection('StockMovementConnection'),
  },
  { query: '{ categories(first: 30) { children(first: 1000) { id } } }', lists: {} },
  { query: '{ venues { id sections { name } } }', lists: { 'Query.venues': 500, 'Venue.sections': 100 } },
  {
    query: 'query ($id: ID!) { partner(id: $id) { venues { sections { name } } } }',
    variables: ({ partner }) => ({ id: partner }),
    lists: { 'Partner.venues': 500 },
  },
  {
    query: 'query ($id: ID!) { partner(id: $id) { linesToShip(first: 100) { itemId } } }',
    variables: ({ partner }) => ({ id: partner }),
    lists: { 'Partner.linesToShip': 100 },
  },
  { query: '{ lowStock(threshold: 10, first: 100) { id } }', lists: { 'Query.lowStock': 100 } },
  {
    query:
      'mutation ($ids: [ID!]!) { blockSeats(seatIds: $ids, blocked: true) { seats { id } userErrors { code } } }',
    variables: ({ seatIds }) => ({ ids: seatIds }),
    lists: { 'SeatHoldPayload.seats': 100 },
  },
  {
    query: `mutation ($ids: [ID!]!) { holdSeats(seatIds: $ids) { userErrors { ... on SeatUnavailableError { seatIds field } } } }`,
    variables: ({ seatIds }) => ({ ids: seatIds }),
    lists: { 'SeatUnavailableError.seatIds': 100 },
  },
  {
    query: '{ me { roles addresses { id } sessions { id } passkeys { id } } }',
    lists: { 'User.roles': 3, 'User.addresses': 50, 'User.sessions': 100, 'User.passkeys': 20 },
  },
  { query: `{ auditLog(first: 100) ${both('id')} }`, lists: ofConnection('AuditEntryConnection') },
  { query: `{ users(first: 100) ${both('id')} }`, lists: ofConnection('UserConnection') },
  { query: `{ partners(first: 100) ${both('id')} }`, lists: ofConnection('PartnerConnection') },
  {
    query: '{ cart { items { id seats { id } } problems { code field } } }',
    lists: { 'Cart.items': 100, 'CartItem.seats': 100, 'Cart.problems': 100 },
  },
  {
    query: `query ($id: ID!) { order(id: $id) { allowedTransitions items { seats { id } tokens { id } } tokens { id } history { type } refunds { id }
      shipments { items { quantity } }
      payment { events { type } refunds { id } disputes { id } } } }`,
    variables: ({ order }) => ({ id: order }),
    lists: {
      'Order.items': 100,
      'OrderItem.seats': 20,
      'OrderItem.tokens': 20,
      'Order.tokens': 200,
      'Order.history': 200,
      'Order.shipments': 20,
      'Shipment.items': 100,
      'Order.refunds': 100,
      'Payment.events': 200,
      'Payment.refunds': 100,
      'Payment.disputes': 100,
    },
  },
  {
    query: `query ($id: ID!) { order(id: $id) { items { seats(first: 100) { id } tokens(first: 100) { id } }
      tokens(first: 1000) { id } shipments(first: 100) { id } history(first: 1000) { type } payment { events(first: 1000) { type } } } }`,
    variables: ({ order }) => ({ id: order }),
    lists: {
      'OrderItem.seats': 100,
      'OrderItem.tokens': 100,
      'Order.tokens': 1_000,
      'Order.history': 1_000,
      'Order.shipments': 100,
      'Payment.events': 1_000,
    },
  },
  { query: '{ me { tokens { id order { id } offer { id } } } }', lists: { 'User.tokens': 1_000 } },
  { query: '{ me { offeredTokens { id offer { id } } } }', lists: { 'User.offeredTokens': 100 } },
  {
    query: 'query ($id: ID!) { gateManifest(listingId: $id) { codes { code } } }',
    variables: ({ app }) => ({ id: app }),
    lists: { 'GateManifest.codes': 1_000 },
  },
  {
    query: `mutation ($id: ID!, $scans: [OfflineScanInput!]!) {
      uploadScans(listingId: $id, scans: $scans) { results { outcome token { id } } } }`,
    variables: ({ app }) => ({
      id: app,
      scans: Array.from({ length: 100 }, (_, index) => ({
        code: 'LIC-000000000000',
        nonce: `scan ${index}`,
        admittedAt: new Date().toISOString(),
      })),
    }),
    lists: { 'UploadScansPayload.results': 100 },
  },
  { query: `{ me { orders(first: 100) ${both('id')} } }`, lists: ofConnection('OrderConnection') },
  { query: `{ orders(first: 100) ${both('items { id }')} }`, lists: ofConnection('OrderConnection') },
  {
    query: `{ checkouts(first: 100) ${both('steps { name } compensations { name }')} }`,
    lists: ofConnection('CheckoutConnection'),
  },
  {
    query: 'query ($id: ID!) { checkout(id: $id) { steps { name } compensations { name } } }',
    variables: ({ checkout }) => ({ id: checkout }),
    lists: { 'Checkout.steps': 20, 'Checkout.compensations': 20 },
  },
  { query: `{ me { payments(first: 100) ${both('id')} } }`, lists: ofConnection('PaymentConnection') },
  { query: `{ payments(first: 100) ${both('events { type }')} }`, lists: ofConnection('PaymentConnection') },
  {
    query: `query ($id: ID!) { partner(id: $id) { balances { currency due { amount } }
      statement(first: 100) { edges { node { id } } nodes { transaction { id } } } } }`,
    variables: ({ partner }) => ({ id: partner }),
    lists: {
      ...ofConnection('LedgerConnection'),
      'Partner.balances': Intl.supportedValuesOf('currency').length,
      'LedgerEntry.transaction': 300,
    },
  },
  {
    query: '{ reconciliation { differences { payment { id } kind } } }',
    lists: { 'Reconciliation.differences': 1_000 },
  },
  {
    query: '{ paymentMethods { method currencies } }',
    lists: { 'Query.paymentMethods': 4, 'PaymentMethodInfo.currencies': 139 },
  },
  {
    query: `{ me { followers(first: 100) ${both('id')} following(first: 100) ${both('id')} mutualFollowers(first: 100) { id } } }`,
    lists: { ...ofConnection('FollowConnection'), 'User.mutualFollowers': 100 },
  },
  {
    query: `{ recommendedUsers(limit: 100) { user { id } } recommendedListings(limit: 100) { score } feed(first: 100) ${both('id')} }`,
    lists: {
      ...ofConnection('ActivityConnection'),
      'Query.recommendedUsers': 100,
      'Query.recommendedListings': 100,
    },
  },
  {
    query: `query ($id: ID!) { listing(id: $id) { rating { histogram } reviews(first: 100) ${both('id')} } }`,
    variables: ({ product }) => ({ id: product }),
    lists: { ...ofConnection('ReviewConnection'), 'ListingRating.histogram': 5 },
  },
  {
    query: `{ reportedReviews(first: 100) { edges { cursor } nodes { reports { reason } } } }`,
    lists: { ...ofConnection('ReportedReviewConnection'), 'ReportedReview.reports': 20 },
  },
  {
    query: `{ me { wishlist(first: 100) ${both('addedAt')} } }`,
    lists: ofConnection('WishlistConnection'),
  },
  {
    query: `{ me { notifications(first: 100) { edges { node { id } } nodes { deliveries { channel } } } } }`,
    lists: { ...ofConnection('NotificationConnection'), 'Notification.deliveries': 4 },
  },
  {
    query: '{ me { notificationPreferences { channels } } }',
    lists: { 'User.notificationPreferences': notificationTypes.length, 'NotificationPreference.channels': 2 },
  },
  {
    query: `mutation {
      setNotificationPreference(type: ORDER_PAID, channels: [IN_APP, EMAIL, SMS, PUSH]) { preferences { channels } }
    }`,
    lists: {
      'NotificationPreferencesPayload.preferences': notificationTypes.length,
      'NotificationPreference.channels': 4,
    },
  },
  {
    query: '{ notificationTemplates(first: 100) { variables } }',
    lists: { 'Query.notificationTemplates': 100, 'NotificationTemplate.variables': mostVariables },
  },
  {
    query: `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { userErrors { code field } } }`,
    variables: () => ({
      input: {
        idempotencyKey: 'too-many-refusals',
        payment: { method: 'BANK_TRANSFER' },
        items: Array.from({ length: 100 }, () => ({ upc: 'none', quantity: 0, seatIds: ['x', 'y'] })),
      },
    }),
    lists: { 'CheckoutPayload.userErrors': 100 },
  },
  {
    query: '{ me { purchaseStatistics { spent { amount } } } }',
    lists: { 'PurchaseStatistics.spent': currencies },
  },
  {
    query: `query ($listing: ID!, $partner: ID!) {
      listing(id: $listing) { sales { gross { amount } refunded { amount } } }
      partner(id: $partner) { sales { gross { amount } refunded { amount } } } }`,
    variables: ({ product, partner }) => ({ listing: product, partner }),
    lists: { 'SalesStatistics.gross': currencies, 'SalesStatistics.refunded': currencies },
  },
  {
    query: `{ platformAnalytics { gross { amount } refunded { amount } byDay { date gross { amount } }
      checkoutFailures { code } } }`,
    lists: {
      'PlatformAnalytics.gross': currencies,
      'PlatformAnalytics.refunded': currencies,
      'PlatformAnalytics.byDay': 366,
      'DailySales.gross': currencies,
      'PlatformAnalytics.checkoutFailures': 200,
    },
  },
  {
    query: '{ platformAnalytics { topListings(limit: 100) { units gross { amount } } } }',
    lists: { 'PlatformAnalytics.topListings': 100, 'ListingSales.gross': currencies },
  },
  {
    query: 'mutation ($id: ID!) { endCheckouts(userId: $id) { checkouts { id order { id } } } }',
    variables: ({ waitingUser }) => ({ id: waitingUser }),
    lists: { 'EndCheckoutsPayload.checkouts': 100 },
  },
];

/** Lists of as many items as an enum has values, or another fixed set has members. */
export const listsOfEnums = [
  'Order.allowedTransitions',
  'Query.systemSettings',
  'AuthPayload.mfaMethods',
  'MfaEnrolmentPayload.recoveryCodes',
  'PasskeyPayload.recoveryCodes',
];

/** Lists in events of subscriptions, with tests of their own: `subgraphs/catalog/tests/seat-map.test.ts`. */
export const listsOfEvents = ['SeatChanges.changes'];
