import { CartEntity, CartItemEntity } from './entities/cart.js';
import { OrderEntity, OrderEventEntity, OrderLineEntity } from './entities/order.js';
import { SagaEntity } from './entities/saga.js';
import { ShipmentEntity, ShipmentItemEntity } from './entities/shipment.js';
import { TokenEntity } from './entities/token.js';
import { Cancellation1763900000000 } from './migrations/1763900000000-cancellation.js';
import { Disputes1765000000000 } from './migrations/1765000000000-disputes.js';
import { HeldCarts1765300100000 } from './migrations/1765300100000-held-carts.js';
import { FailedCheckouts1764800100000 } from './migrations/1764800100000-failed-checkouts.js';
import { Order1763700000000 } from './migrations/1763700000000-order.js';
import { PartnerOwner1763800000000 } from './migrations/1763800000000-partner-owner.js';
import { PassingCarts1764800000000 } from './migrations/1764800000000-passing-carts.js';
import { PlainSagas1764000100000 } from './migrations/1764000100000-plain-sagas.js';
import { Refunds1764200000000 } from './migrations/1764200000000-refunds.js';
import { Traces1764300000000 } from './migrations/1764300000000-traces.js';
import { SagaCauses1765800000000 } from './migrations/1765800000000-saga-causes.js';
import { Shipments1796057400000 } from './migrations/1796057400000-shipments.js';
import { CartReminders1796064000000 } from './migrations/1796064000000-cart-reminders.js';
import { LinesToShip1796070000000 } from './migrations/1796070000000-lines-to-ship.js';
import { PaymentReminders1796074000000 } from './migrations/1796074000000-payment-reminders.js';
import { ListingUnits1796077000000 } from './migrations/1796077000000-listing-units.js';
import { SagaHistory1796060000000 } from './migrations/1796060000000-saga-history.js';
import { StatisticsTables1796058000000 } from './migrations/1796058000000-statistics-tables.js';
import { StatisticsTriggers1796058100000 } from './migrations/1796058100000-statistics-triggers.js';
import { TokenScans1766000000000 } from './migrations/1766000000000-token-scans.js';
import { CancelledUnits1796057200000 } from './migrations/1796057200000-cancelled-units.js';
import { OpenCheckouts1764400000000 } from './migrations/1764400000000-open-checkouts.js';

/** Entities of this subgraph. */
export const entities = [
  CartEntity,
  CartItemEntity,
  SagaEntity,
  OrderEntity,
  OrderLineEntity,
  OrderEventEntity,
  ShipmentEntity,
  ShipmentItemEntity,
  TokenEntity,
];

/** Migrations, oldest first. */
export const migrations = [
  Order1763700000000,
  PartnerOwner1763800000000,
  Cancellation1763900000000,
  PlainSagas1764000100000,
  Refunds1764200000000,
  Traces1764300000000,
  OpenCheckouts1764400000000,
  PassingCarts1764800000000,
  FailedCheckouts1764800100000,
  Disputes1765000000000,
  HeldCarts1765300100000,
  SagaCauses1765800000000,
  TokenScans1766000000000,
  CancelledUnits1796057200000,
  Shipments1796057400000,
  StatisticsTables1796058000000,
  StatisticsTriggers1796058100000,
  SagaHistory1796060000000,
  CartReminders1796064000000,
  LinesToShip1796070000000,
  PaymentReminders1796074000000,
  ListingUnits1796077000000,
];
