import type { Connection } from '@souk/shared/graph/pagination';
import type { CheckoutTotals } from './domain/statistics/checkout-statistics.js';
import type { DayRange } from './domain/statistics/day-range.js';
import type { OrderTotals } from './domain/statistics/platform-analytics.js';
import type { GateCodes } from './domain/token/gate-manifest.js';
import type { OrderEntity } from './entities/order.js';
import type { SagaEntity } from './entities/saga.js';

/** An entity of another subgraph, by its id in the API. */
export interface Reference {
  id: string;
}

/** The platform's figures of a range of days; each part is read once, when it is first selected. */
export interface PlatformAnalytics {
  range: DayRange;
  orders: () => Promise<OrderTotals>;
  checkouts: () => Promise<CheckoutTotals>;
}

/** A user: account's entity, to which order adds carts, orders and tokens. */
export interface UserReference {
  /** TypeID. */
  id: string;
  /** UUID. */
  userId: string;
}

/** A page of orders. */
export type OrderConnection = Connection<OrderEntity>;

/** A page of checkouts. */
export type CheckoutConnection = Connection<SagaEntity>;

/** A scanner's copy of a listing's codes; its counts are read when they are selected. */
export interface GateManifest extends GateCodes {
  /** UUID. */
  listingId: string;
}
