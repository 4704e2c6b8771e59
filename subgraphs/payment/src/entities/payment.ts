import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

/** Payment method of an order. */
export type PaymentMethod = 'CREDIT_CARD' | 'BANK_TRANSFER' | 'E_WALLET' | 'VIRTUAL_ACCOUNT';

/** Status of a payment. */
export type PaymentStatus =
  | 'PENDING'
  | 'REQUIRES_ACTION'
  | 'PROCESSING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'EXPIRED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'DISPUTED';

/** Action that a waiting payment needs: a payment method, authentication at the buyer's bank, or a transfer. */
export type RequiredAction = 'payment_method' | 'authentication' | 'transfer';

/**
 * A payment of one order. `status` and the columns below it are derived from the events, so that payments can be
 * filtered; only domain/ledger/payment-log.ts writes them, in the transaction of the events.
 */
@Entity('payment')
export class PaymentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** The checkout's saga; with `step`, the key of the step that a waiting payment completes. */
  @Column({ name: 'saga_id', type: 'uuid' })
  sagaId!: string;

  @Column({ type: 'text' })
  step!: string;

  @Column({ name: 'order_id', type: 'uuid' })
  orderId!: string;

  @Column({ name: 'order_number', type: 'text' })
  orderNumber!: string;

  @Column({ name: 'customer_id', type: 'uuid' })
  customerId!: string;

  @Column({ type: 'text' })
  method!: PaymentMethod;

  @Column({ type: 'text' })
  provider!: 'stripe' | 'manual';

  @Column({ type: 'text' })
  reference!: string;

  /** Minor units. */
  @Column(safeIntegerColumn())
  amount!: number;

  /** ISO 4217, in capitals. */
  @Column({ type: 'text' })
  currency!: string;

  /** URL to which the bank's page redirects the buyer. */
  @Column({ name: 'return_url', type: 'text', nullable: true })
  returnUrl!: string | null;

  /** The provider's intent id; null until it is known. */
  @Column({ name: 'provider_payment_id', type: 'text', nullable: true })
  providerPaymentId!: string | null;

  /** Number of started confirmations; each has its own idempotency key. */
  @Column({ name: 'confirm_attempts', type: 'int' })
  confirmAttempts!: number;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  /** Start of the step's undo; from then on only the undo decides about the money. */
  @Column({ name: 'reverting_at', type: 'timestamptz', nullable: true })
  revertingAt!: Date | null;

  /** Why all that is left of the payment goes back to the buyer; null if it does not. */
  @Column({ name: 'return_cause', type: 'text', nullable: true })
  returnCause!: 'revert' | 'late' | 'cancel' | null;

  /** Time of the next refund after a failed one; null if none is scheduled. */
  @Column({ name: 'return_due_at', type: 'timestamptz', nullable: true })
  returnDueAt!: Date | null;

  /** Time of the last sync with the provider. */
  @Column({ name: 'looked_at', type: 'timestamptz' })
  lastSyncedAt!: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'text' })
  status!: PaymentStatus;

  /** Minor units. */
  @Column(safeIntegerColumn())
  refunded!: number;

  @Column({ name: 'required_action', type: 'text', nullable: true })
  requiredAction!: RequiredAction | null;

  @Column({ name: 'failure_code', type: 'text', nullable: true })
  failureCode!: string | null;

  @Column({ name: 'failure_message', type: 'text', nullable: true })
  failureMessage!: string | null;

  /** The provider's id of the last failed attempt, so that the same failure is not recorded twice. */
  @Column({ name: 'failure_ref', type: 'text', nullable: true })
  failureRef!: string | null;

  @Column({ name: 'succeeded_at', type: 'timestamptz', nullable: true })
  succeededAt!: Date | null;
}
