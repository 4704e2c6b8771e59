import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

/** A dispute (chargeback) of a payment. */
@Entity('dispute')
export class DisputeEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'payment_id', type: 'uuid' })
  paymentId!: string;

  /** The provider's id (dp_...). */
  @Column({ name: 'provider_dispute_id', type: 'text' })
  providerDisputeId!: string;

  /** Minor units in the payment's currency. */
  @Column(safeIntegerColumn())
  amount!: number;

  @Column({ type: 'text' })
  reason!: string;

  /** The provider's status, e.g. needs_response, won, lost. */
  @Column({ type: 'text' })
  status!: string;

  /** Amount that the bank withholds: all of an open or lost dispute, zero for an inquiry or a won dispute. */
  @Column(safeIntegerColumn())
  withheld!: number;

  @Column({ name: 'evidence_due_by', type: 'timestamptz', nullable: true })
  evidenceDueBy!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
