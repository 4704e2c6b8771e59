import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

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

/** Source of a fact. */
export type EventSource = 'buyer' | 'saga' | 'webhook' | 'admin' | 'reconciler';

/** An entry of the payment log. A trigger rejects updates and deletes. */
@Entity('payment_event')
export class PaymentEventEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'payment_id', type: 'uuid' })
  paymentId!: string;

  /** Insertion order; `at` does not define one because the clocks of processes differ. */
  @Column({ type: 'bigint', insert: false, update: false })
  seq!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ type: 'text' })
  type!: PaymentEventType;

  /** Minor units in the payment's currency. */
  @Column(safeIntegerColumn({ nullable: true }))
  amount!: number | null;

  @Column({ type: 'text' })
  source!: EventSource;

  @Column({ name: 'provider_event_id', type: 'text', nullable: true })
  providerEventId!: string | null;

  /** FAILED: the provider's code. ACTION_REQUIRED: the RequiredAction. */
  @Column({ type: 'text', nullable: true })
  code!: string | null;

  @Column({ type: 'text', nullable: true })
  message!: string | null;

  /** FAILED: the provider's id of the attempt. Dispute events: the provider's id of the dispute. */
  @Column({ name: 'provider_ref', type: 'text', nullable: true })
  providerRef!: string | null;

  /** Refund of an event about a refund. */
  @Column({ name: 'refund_id', type: 'uuid', nullable: true })
  refundId!: string | null;
}
