import { Column, Entity, PrimaryColumn } from 'typeorm';
import { minorUnits } from './minor-units.js';

/** How an order is paid. */
export type PaymentMethod = 'CREDIT_CARD' | 'BANK_TRANSFER' | 'E_WALLET' | 'VIRTUAL_ACCOUNT';

/** Where a payment stands. */
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

/**
 * What a waiting payment waits for: a (new) payment method, the buyer's word to their bank, or money by another way.
 */
export type RequiredAction = 'payment_method' | 'authentication' | 'transfer';

/**
 * Money asked of a buyer for one order. `status` and the columns below it repeat what the events say, so that
 * payments can be filtered; only domain/payment-log.ts writes them, with the events in one transaction.
 */
@Entity('payment')
export class PaymentEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** The checkout; with `step` the key of the step that a waiting payment answers. */
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
  @Column({ type: 'bigint', transformer: minorUnits })
  amount!: number;

  /** ISO 4217, in capitals. */
  @Column({ type: 'text' })
  currency!: string;

  /** Where the bank's page sends the buyer back to. */
  @Column({ name: 'return_url', type: 'text', nullable: true })
  returnUrl!: string | null;

  /** The provider's id; null until the provider has told it. */
  @Column({ name: 'provider_payment_id', type: 'text', nullable: true })
  providerPaymentId!: string | null;

  /** Counts the confirmations that were begun: each has an idempotency key of its own. */
  @Column({ name: 'confirm_attempts', type: 'int' })
  confirmAttempts!: number;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  /** When the undoing of the step began; from then on the undo decides what becomes of the money. */
  @Column({ name: 'reverting_at', type: 'timestamptz', nullable: true })
  revertingAt!: Date | null;

  /** When the provider was last asked how it stands. */
  @Column({ name: 'looked_at', type: 'timestamptz' })
  lastSyncedAt!: Date;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ type: 'text' })
  status!: PaymentStatus;

  /** Minor units. */
  @Column({ type: 'bigint', transformer: minorUnits })
  refunded!: number;

  @Column({ name: 'required_action', type: 'text', nullable: true })
  requiredAction!: RequiredAction | null;

  @Column({ name: 'failure_code', type: 'text', nullable: true })
  failureCode!: string | null;

  @Column({ name: 'failure_message', type: 'text', nullable: true })
  failureMessage!: string | null;

  /** What the provider calls the attempt that failed last: the same failure is not recorded twice. */
  @Column({ name: 'failure_ref', type: 'text', nullable: true })
  failureRef!: string | null;

  @Column({ name: 'succeeded_at', type: 'timestamptz', nullable: true })
  succeededAt!: Date | null;
}
