import { holds } from '@souk/shared/auth/identity';
import { groupBy } from '@souk/shared/group-by';
import { readLimit } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { CheckoutFailureCount } from '../domain/statistics/checkout-statistics.js';
import { readCheckoutTotals } from '../domain/statistics/checkout-statistics.js';
import { daysOf } from '../domain/statistics/day-range.js';
import { percentileOf } from '../domain/statistics/duration-histogram.js';
import { readOrderTotals, readTopListings } from '../domain/statistics/platform-analytics.js';
import { noSales } from '../domain/statistics/sales-statistics.js';
import type { Resolvers } from '../generated/resolvers.js';
import type { PlatformAnalytics } from '../models.js';
import { requirePurchaseStatisticsAccess, requireSellerAccess } from './access.js';
import { errorCodeOf, stepNameOf } from './checkout-view.js';

const topByDefault = 10;
const mostFailures = 200;

/** Resolvers of statistics. */
export const statisticsResolvers: Resolvers = {
  Query: {
    platformAnalytics: (_root, { from, to }, { database, clock }): PlatformAnalytics => {
      const range = daysOf(from ?? null, to ?? null);
      return {
        range,
        orders: once(() => readOrderTotals(database.reader, range, clock.now())),
        checkouts: once(() => readCheckoutTotals(database.reader, range, clock.now())),
      };
    },
  },
  User: {
    purchaseStatistics: ({ userId }, _arguments, { identity, loaders }) => {
      requirePurchaseStatisticsAccess(identity, userId);
      return loaders.purchasesOf.load(userId);
    },
  },
  Listing: {
    sales: async ({ id }, _arguments, context) => {
      const { identity, loaders } = context;
      const listingId = fromApiId('listing', id);
      if (listingId === null) return null;
      if (!holds(identity, 'analytics:read')) {
        const seller = await loaders.sellerOf.load(listingId);
        // A draft, which catalog shows to its owner only, has no sales.
        if (seller === undefined) return noSales;
        await requireSellerAccess(context, seller, 'analytics:read');
      }
      return loaders.salesOfListing.load(listingId);
    },
  },
  Partner: {
    sales: async ({ id }, { from, to }, context) => {
      const partnerId = fromApiId('partner', id);
      await requireSellerAccess(context, partnerId, 'analytics:read');
      if (partnerId === null) return null;
      return context.loaders.salesOfPartner.load({ partnerId, ...daysOf(from ?? null, to ?? null) });
    },
  },
  PlatformAnalytics: {
    orders: async ({ orders }) => (await orders()).orders,
    completedOrders: async ({ orders }) => (await orders()).completedOrders,
    gross: async ({ orders }) => (await orders()).gross,
    refunded: async ({ orders }) => (await orders()).refunded,
    validTokens: async ({ orders }) => (await orders()).validTokens,
    redeemed: async ({ orders }) => (await orders()).redeemed,
    byDay: async ({ orders }) => (await orders()).byDay,
    failedCheckouts: async ({ checkouts }) => (await checkouts()).failed,
    checkoutFailures: async ({ checkouts }) => apiFailures((await checkouts()).failures),
    conversion: async ({ orders, checkouts }) => {
      // Every order is placed by the checkout that starts with it.
      const [{ orders: started }, { completed }] = await Promise.all([orders(), checkouts()]);
      return started === 0 ? 0 : Math.min(1, completed / started);
    },
    checkoutP50Ms: async ({ checkouts }) => percentileOf((await checkouts()).durations, 0.5),
    checkoutP99Ms: async ({ checkouts }) => percentileOf((await checkouts()).durations, 0.99),
    topListings: ({ range }, { limit }, { database, clock }) =>
      readTopListings(database.reader, range, {
        limit: readLimit(limit, 'limit', topByDefault),
        now: clock.now(),
      }),
  },
  CheckoutFailureCount: {
    step: ({ step }) => (step === null ? null : stepNameOf(step)),
    code: ({ code }) => errorCodeOf(code),
  },
  ListingSales: {
    listing: ({ listingId }) => ({ id: toApiId('listing', listingId) }),
  },
};

/** Codes of participants that are none of the API's are counted together. */
function apiFailures(failures: readonly CheckoutFailureCount[]): CheckoutFailureCount[] {
  const shown = failures.map(({ step, code, checkouts }) => ({ step, code: errorCodeOf(code), checkouts }));
  return [...groupBy(shown, ({ step, code }) => `${step ?? ''} ${code}`).values()]
    .flatMap(([first, ...others]) =>
      first
        ? [{ ...first, checkouts: others.reduce((sum, { checkouts }) => sum + checkouts, first.checkouts) }]
        : [],
    )
    .sort((a, b) => b.checkouts - a.checkouts)
    .slice(0, mostFailures);
}

/** Reads at the first call only. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | null = null;
  return () => (reading ??= read());
}
