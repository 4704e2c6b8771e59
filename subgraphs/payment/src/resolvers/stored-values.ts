import { storedEnum } from '@souk/shared/graph/stored-enum';
import type { DifferenceKind } from '../domain/reconciliation/difference.js';
import type { LedgerAccount as StoredAccount } from '../entities/ledger-entry.js';
import type { EventSource } from '../entities/payment-event.js';
import type { PaymentEntity } from '../entities/payment.js';
import type {
  DisputeStatus,
  LedgerAccount,
  PaymentEventSource,
  PaymentProvider,
  ReconciliationDifferenceKind,
} from '../generated/resolvers.js';

// Stored values are text of any version; the API has enums.

/** The provider of a payment. */
export const providerOf = storedEnum<PaymentEntity['provider'], PaymentProvider>({
  stripe: 'STRIPE',
  manual: 'MANUAL',
});

/** The source of an entry of the payment log. */
export const sourceOf = storedEnum<EventSource, PaymentEventSource>({
  buyer: 'BUYER',
  saga: 'SAGA',
  webhook: 'WEBHOOK',
  admin: 'ADMIN',
  reconciler: 'RECONCILER',
});

/** The kind of a difference. */
export const differenceKindOf = storedEnum<DifferenceKind, ReconciliationDifferenceKind>({
  charged_not_recorded: 'CHARGED_NOT_RECORDED',
  recorded_not_charged: 'RECORDED_NOT_CHARGED',
  amount: 'AMOUNT',
  refund: 'REFUND',
  ledger: 'LEDGER',
});

/** The account of a ledger entry. */
export const ledgerAccountOf = storedEnum<StoredAccount, LedgerAccount>({
  provider_clearing: 'PROVIDER_CLEARING',
  bank: 'BANK',
  platform_revenue: 'PLATFORM_REVENUE',
  partner_payable: 'PARTNER_PAYABLE',
  customer_funds: 'CUSTOMER_FUNDS',
  refunds: 'REFUNDS',
  suspense: 'SUSPENSE',
});

/** The status of a dispute. Stripe writes the stored text and may add values. */
export const disputeStatusOf = storedEnum<Lowercase<Exclude<DisputeStatus, 'OTHER'>>, DisputeStatus>({
  warning_needs_response: 'WARNING_NEEDS_RESPONSE',
  warning_under_review: 'WARNING_UNDER_REVIEW',
  warning_closed: 'WARNING_CLOSED',
  needs_response: 'NEEDS_RESPONSE',
  under_review: 'UNDER_REVIEW',
  won: 'WON',
  lost: 'LOST',
  prevented: 'PREVENTED',
});
