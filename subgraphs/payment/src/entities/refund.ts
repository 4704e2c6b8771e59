import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from './minor-units.js';

/** Where a refund stands. */
export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/** Money on its way back to a buyer. */
@Entity('refund')
export class RefundEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'payment_id', type: 'uuid' })
  paymentId!: string;

  /** Why there is this refund; unique for its payment and part of the idempotency key at the provider. */
  @Column({ type: 'text' })
  purpose!: string;

  /** Minor units in the payment's currency. */
  @Column({ type: 'bigint', transformer: minorUnits })
  amount!: number;

  @Column({ type: 'text' })
  reason!: string;

  @Column({ type: 'text' })
  status!: RefundStatus;

  /** The provider's id (re_...); null until the provider has been asked. */
  @Column({ name: 'provider_refund_id', type: 'text', nullable: true })
  providerRefundId!: string | null;

  /** Why it failed, in the provider's word or ours. */
  @Column({ name: 'failure_reason', type: 'text', nullable: true })
  failureReason!: string | null;

  /** When the provider was last asked how it stands. */
  @Column({ name: 'looked_at', type: 'timestamptz' })
  lastSyncedAt!: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt!: Date | null;
}
