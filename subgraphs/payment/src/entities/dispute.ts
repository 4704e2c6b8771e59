import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from './minor-units.js';

/** A buyer who asks their bank for the money back. */
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
  @Column({ type: 'bigint', transformer: minorUnits })
  amount!: number;

  @Column({ type: 'text' })
  reason!: string;

  /** In the provider's words, e.g. needs_response, won, lost. */
  @Column({ type: 'text' })
  status!: string;

  /**
   * What the bank holds of it: the amount while it is open and when it is lost, nothing before that or when it is won.
   */
  @Column({ type: 'bigint', transformer: minorUnits })
  withheld!: number;

  @Column({ name: 'evidence_due_by', type: 'timestamptz', nullable: true })
  evidenceDueBy!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
