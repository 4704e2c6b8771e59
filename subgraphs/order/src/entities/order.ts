import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { address } from '@souk/shared/contracts/values';
import type { z } from 'zod';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';
import type { Fulfilment } from './offer-snapshot.js';

/** Status of an order. */
export type OrderStatus = 'PENDING' | 'PAID' | 'PROCESSING' | 'COMPLETED' | 'CANCELLED';

/** Payment status of an order. */
export type OrderPaymentStatus =
  'UNPAID' | 'AUTHORIZED' | 'PAID' | 'PARTIALLY_REFUNDED' | 'REFUNDED' | 'CHARGED_BACK' | 'FAILED';

/** An order. Its lines, events and tokens are separate rows. */
@Entity({ name: 'customer_order' })
export class OrderEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** `S-` and eight letters and digits. */
  @Column({ type: 'text' })
  number!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerId!: string;

  @Column({ type: 'uuid', name: 'checkout_id' })
  checkoutId!: string;

  @Column({ type: 'text' })
  status!: OrderStatus;

  @Column({ type: 'text', name: 'payment_status' })
  paymentStatus!: OrderPaymentStatus;

  @Column({ type: 'char', length: 3 })
  currency!: string;

  @Column(safeIntegerColumn({ name: 'total_amount' }))
  totalAmount!: number;

  @Column(safeIntegerColumn({ name: 'refunded_amount' }))
  refundedAmount!: number;

  /** Minor units that the buyer's bank withholds until it decides a dispute. */
  @Column(safeIntegerColumn({ name: 'disputed_amount' }))
  disputedAmount!: number;

  /** Minor units that the buyer's bank has taken by lost disputes. */
  @Column(safeIntegerColumn({ name: 'charged_back_amount' }))
  chargedBackAmount!: number;

  /** Address as of the buyer's validation; its id is a UUID. */
  @Column({ type: 'jsonb', name: 'shipping_address', nullable: true })
  shippingAddress!: z.infer<typeof address> | null;

  /** The cancellation saga, running or completed; null without one, or if it was rejected. */
  @Column({ type: 'uuid', name: 'cancellation_id', nullable: true })
  cancellationId!: string | null;

  @Column({ type: 'text', name: 'cancel_reason', nullable: true })
  cancelReason!: string | null;

  @Column({ type: 'timestamptz', name: 'placed_at' })
  placedAt!: Date;

  @Column({ type: 'timestamptz', name: 'paid_at', nullable: true })
  paidAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'completed_at', nullable: true })
  completedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;
}

/** A purchased line. It contains the values that the buyer saw until catalog has quoted it. */
@Entity({ name: 'order_line' })
export class OrderLineEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'order_id' })
  orderId!: string;

  /** Position in the order, from 0. */
  @Column({ type: 'int' })
  position!: number;

  @Column({ type: 'uuid', name: 'offer_id' })
  offerId!: string;

  @Column({ type: 'uuid', name: 'listing_id' })
  listingId!: string;

  /** Null for the platform's own listings, and before the quote. */
  @Column({ type: 'uuid', name: 'partner_id', nullable: true })
  partnerId!: string | null;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text', nullable: true })
  upc!: string | null;

  @Column({ type: 'int' })
  quantity!: number;

  /** Number of units in shipments. */
  @Column({ type: 'int', name: 'shipped_quantity' })
  shippedQuantity!: number;

  /** The canceled units, from 0, in the order of their cancellations. */
  @Column({ type: 'int', name: 'cancelled_units', array: true })
  cancelledUnits!: number[];

  /** One for each unit of a seated offer, also of canceled ones; else empty. */
  @Column({ type: 'uuid', name: 'seat_ids', array: true })
  seatIds!: string[];

  @Column(safeIntegerColumn({ name: 'unit_amount' }))
  unitAmount!: number;

  @Column({ type: 'char', length: 3 })
  currency!: string;

  @Column({ type: 'text' })
  fulfilment!: Fulfilment;

  @Column({ type: 'timestamptz', name: 'valid_from', nullable: true })
  validFrom!: Date | null;

  @Column({ type: 'timestamptz', name: 'valid_until', nullable: true })
  validUntil!: Date | null;
}

/** An entry of an order's history. */
@Entity({ name: 'order_event' })
export class OrderEventEntity {
  /** Increases in the order of writing. */
  @PrimaryColumn({ type: 'bigint' })
  id!: string;

  @Column({ type: 'uuid', name: 'order_id' })
  orderId!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'text' })
  message!: string;

  /** The acting user; null for automatic changes. */
  @Column({ type: 'uuid', name: 'actor_id', nullable: true })
  actorId!: string | null;
}
