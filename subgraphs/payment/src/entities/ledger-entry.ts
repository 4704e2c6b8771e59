import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

/** Kind of a ledger transaction. */
export type LedgerKind =
  'SALE' | 'REFUND' | 'REFUND_SENT' | 'REFUND_REVERSED' | 'DISPUTE' | 'DISPUTE_REVERSED' | 'PAYOUT';

/**
 * Ledger account: assets at the card provider and the bank; the platform's revenue, payables to partners, funds of
 * buyers whose payment bought nothing, pending refunds; and suspense for unexplained money.
 */
export type LedgerAccount =
  | 'provider_clearing'
  | 'bank'
  | 'platform_revenue'
  | 'partner_payable'
  | 'customer_funds'
  | 'refunds'
  | 'suspense';

/**
 * One entry of a double-entry transaction. Triggers reject updates and deletes, and the commit of a transaction whose
 * entries do not add up to zero in each currency.
 */
@Entity('ledger_entry')
export class LedgerEntryEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'transaction_id', type: 'uuid' })
  transactionId!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  /** Copy of the transaction's kind, so that balances need no join. */
  @Column({ type: 'text' })
  kind!: LedgerKind;

  @Column({ type: 'text' })
  account!: LedgerAccount;

  /** Partner of the payable, or of the sale that the platform's revenue comes from. */
  @Column({ name: 'partner_id', type: 'uuid', nullable: true })
  partnerId!: string | null;

  /** Minor units: positive if the account gains, negative if it gives (decision 41). */
  @Column(safeIntegerColumn())
  amount!: number;

  @Column({ type: 'text' })
  currency!: string;

  @Column({ name: 'payment_id', type: 'uuid', nullable: true })
  paymentId!: string | null;

  @Column({ name: 'refund_id', type: 'uuid', nullable: true })
  refundId!: string | null;

  @Column({ name: 'dispute_id', type: 'uuid', nullable: true })
  disputeId!: string | null;
}
