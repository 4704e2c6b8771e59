import type { Connection } from '@souk/shared/graph/pagination';
import type { GateCodes } from './domain/token/gate-manifest.js';
import type { OrderEntity } from './entities/order.js';
import type { SagaEntity } from './entities/saga.js';

/** An entity of another subgraph, by its id in the API. */
export interface Reference {
  id: string;
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
