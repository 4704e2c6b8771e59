import type { Connection } from '@souk/shared/graph/pagination';
import type { PaymentEventEntity } from './entities/payment-event.js';
import type { DisputeEntity } from './entities/dispute.js';
import type { LedgerEntryEntity } from './entities/ledger-entry.js';
import type { PaymentEntity } from './entities/payment.js';
import type { RefundEntity } from './entities/refund.js';

/** An entity of another subgraph: its TypeID is all that payment knows of it. */
export interface Reference {
  id: string;
}

/** A line of the log with the currency of its payment. */
export interface LoggedEvent {
  event: PaymentEventEntity;
  currency: string;
}

/** A refund with its payment, whose currency it has. */
export interface RefundOfPayment {
  refund: RefundEntity;
  payment: PaymentEntity;
}

/** A page of payments. */
export type PaymentPage = Connection<PaymentEntity>;

/** A dispute with its payment, whose currency it has. */
export interface DisputeOfPayment {
  dispute: DisputeEntity;
  payment: PaymentEntity;
}

/** A page of a partner's account. */
export type LedgerPage = Connection<LedgerEntryEntity>;
