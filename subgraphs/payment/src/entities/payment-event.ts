import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from './minor-units.js';

/** Facts about a payment. */
export type PaymentEventType =
  | 'CREATED'
  | 'ACTION_REQUIRED'
  | 'AUTHORIZED'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'REFUND_REQUESTED'
  | 'REFUNDED'
  | 'REFUND_FAILED'
  | 'DISPUTE_OPENED'
  | 'DISPUTE_WON'
  | 'DISPUTE_LOST';

/** Through whom a fact became known. */
export type EventSource = 'buyer' | 'saga' | 'webhook' | 'admin' | 'reconciler';

/** A line of the payment log. The table refuses changes and removals. */
@Entity('payment_event')
export class PaymentEventEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'payment_id', type: 'uuid' })
  paymentId!: string;

  /** The order of writing: clocks of different processes do not give one. */
  @Column({ type: 'bigint', insert: false, update: false })
  seq!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  type!: PaymentEventType;

  /** Minor units in the payment's currency. */
  @Column({ type: 'bigint', nullable: true, transformer: minorUnits })
  amount!: number | null;

  @Column({ type: 'text' })
  source!: EventSource;

  @Column({ name: 'provider_event_id', type: 'text', nullable: true })
  providerEventId!: string | null;

  /** FAILED: why, in the provider's word. ACTION_REQUIRED: the RequiredAction. */
  @Column({ type: 'text', nullable: true })
  code!: string | null;

  @Column({ type: 'text', nullable: true })
  message!: string | null;

  /** FAILED: what the provider calls the attempt. */
  @Column({ name: 'provider_ref', type: 'text', nullable: true })
  providerRef!: string | null;

  /** The refund that an event about one is about. */
  @Column({ name: 'refund_id', type: 'uuid', nullable: true })
  refundId!: string | null;
}
