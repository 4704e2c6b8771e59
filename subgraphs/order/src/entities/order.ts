import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { address } from '@souk/shared/contracts/values';
import type { z } from 'zod';
import { amountColumn } from './columns.js';
import type { Fulfilment } from './offer-snapshot.js';

/** Where an order stands. */
export type OrderStatus = 'PENDING' | 'PAID' | 'PROCESSING' | 'COMPLETED' | 'CANCELLED';

/** How the money of an order stands. */
export type OrderPaymentStatus =
  'UNPAID' | 'AUTHORIZED' | 'PAID' | 'PARTIALLY_REFUNDED' | 'REFUNDED' | 'FAILED';

/** What was bought. Its lines, events and tokens are rows of their own. */
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

  @Column(amountColumn('total_amount'))
  totalAmount!: number;

  @Column(amountColumn('refunded_amount'))
  refundedAmount!: number;

  /** As it was when the buyer was validated; its id is a UUID. */
  @Column({ type: 'jsonb', name: 'shipping_address', nullable: true })
  shippingAddress!: z.infer<typeof address> | null;

  /** The saga that cancels it, or has; null where nobody has asked for that, or it was refused. */
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

/** A line as bought. Until catalog has quoted it, it holds what the buyer was shown. */
@Entity({ name: 'order_line' })
export class OrderLineEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'order_id' })
  orderId!: string;

  /** Its place in the order, from 0. */
  @Column({ type: 'int' })
  position!: number;

  @Column({ type: 'uuid', name: 'offer_id' })
  offerId!: string;

  @Column({ type: 'uuid', name: 'listing_id' })
  listingId!: string;

  /** Null for the platform's own, and before the quote. */
  @Column({ type: 'uuid', name: 'partner_id', nullable: true })
  partnerId!: string | null;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text', nullable: true })
  upc!: string | null;

  @Column({ type: 'int' })
  quantity!: number;

  @Column({ type: 'uuid', name: 'seat_ids', array: true })
  seatIds!: string[];

  @Column(amountColumn('unit_amount'))
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

/** What happened to an order. */
@Entity({ name: 'order_event' })
export class OrderEventEntity {
  /** Counts up in the order of writing. */
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

  /** Who did it; null where nobody but the saga did. */
  @Column({ type: 'uuid', name: 'actor_id', nullable: true })
  actorId!: string | null;
}
