import type { Connection } from '@souk/shared/graph/pagination';
import type { Difference } from './domain/reconciliation/difference.js';
import type { PaymentEventEntity } from './entities/payment-event.js';
import type { DisputeEntity } from './entities/dispute.js';
import type { LedgerEntryEntity } from './entities/ledger-entry.js';
import type { PaymentEntity } from './entities/payment.js';
import type { RefundEntity } from './entities/refund.js';

/** An entity of another subgraph, of which payment knows the TypeID only. */
export interface Reference {
  id: string;
}

/** An event of the payment log with its payment's currency. */
export interface LoggedEvent {
  event: PaymentEventEntity;
  currency: string;
}

/** A refund with its payment, which determines the currency. */
export interface RefundOfPayment {
  refund: RefundEntity;
  payment: PaymentEntity;
}

/** A page of payments. */
export type PaymentPage = Connection<PaymentEntity>;

/** A dispute with its payment, which determines the currency. */
export interface DisputeOfPayment {
  dispute: DisputeEntity;
  payment: PaymentEntity;
}

/** A page of a partner's statement. */
export type LedgerPage = Connection<LedgerEntryEntity>;

/** A difference that a reconciliation reports, with its id in the API. */
export interface DifferenceOfRun extends Difference {
  id: string;
}
