import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

/** Status of a refund. */
export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/** A refund of a payment. */
@Entity('refund')
export class RefundEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'payment_id', type: 'uuid' })
  paymentId!: string;

  /** Purpose of the refund; unique per payment and part of the idempotency key at the provider. */
  @Column({ type: 'text' })
  purpose!: string;

  /** Minor units in the payment's currency. */
  @Column(safeIntegerColumn())
  amount!: number;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  status!: RefundStatus;

  /** The provider's id (re_...); null until the refund is created at the provider. */
  @Column({ name: 'provider_refund_id', type: 'text', nullable: true })
  providerRefundId!: string | null;

  /** The parts of sellers whose lines are refunded; null: all owners of the payment's money bear it in proportion. */
  @Column({ type: 'jsonb', nullable: true })
  parts!: { partnerId: string | null; amount: number }[] | null;

  /** Failure reason from the provider or from payment. */
  @Column({ name: 'failure_reason', type: 'text', nullable: true })
  failureReason!: string | null;

  /** Time of the last sync with the provider. */
  @Column({ name: 'looked_at', type: 'timestamptz' })
  lastSyncedAt!: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt!: Date | null;
}
