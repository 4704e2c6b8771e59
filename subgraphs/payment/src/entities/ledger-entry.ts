import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from './minor-units.js';

/** What a transaction of the ledger is about. */
export type LedgerKind =
  'SALE' | 'REFUND' | 'REFUND_SENT' | 'REFUND_REVERSED' | 'DISPUTE' | 'DISPUTE_REVERSED' | 'PAYOUT';

/**
 * Where money is, or whose it is: at the card provider, at the bank; the platform's, a partner's, a buyer's whose
 * payment bought nothing, on its way back to a buyer; and what nobody has placed yet.
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
 * One side of a double entry. The table refuses changes and removals, and the commit of a transaction whose entries do
 * not add up to zero in each currency.
 */
@Entity('ledger_entry')
export class LedgerEntryEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'transaction_id', type: 'uuid' })
  transactionId!: string;

  @Column({ type: 'timestamptz' })
  at!: Date;

  /** Its transaction's, repeated so that balances need no join. */
  @Column({ type: 'text' })
  kind!: LedgerKind;

  @Column({ type: 'text' })
  account!: LedgerAccount;

  /** Whose payable it is, or from whose sale the platform's revenue comes. */
  @Column({ name: 'partner_id', type: 'uuid', nullable: true })
  partnerId!: string | null;

  /** Minor units: what the account receives is positive, what it gives negative. */
  @Column({ type: 'bigint', transformer: minorUnits })
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
