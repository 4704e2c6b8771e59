import { toApiId } from '@souk/shared/ids';
import { isVisible } from '../domain/payment/payment.js';
import type { Resolvers } from '../generated/resolvers.js';
import { ledgerAccountOf } from './stored-values.js';

/** A transaction has at most two entries for each of 100 shares, and one for the clearing account. */
const maxEntries = 300;

export const ledgerResolvers: Resolvers = {
  LedgerEntry: {
    id: ({ id }) => toApiId('ledger', id),
    transactionId: ({ transactionId }) => toApiId('ledger', transactionId),
    account: ({ account }) => ledgerAccountOf(account),
    partner: ({ partnerId }) => (partnerId === null ? null : { id: toApiId('partner', partnerId) }),
    amount: ({ amount, currency }) => ({ amount, currency }),
    // A partner may see the entries of a sale but not the buyer's payment.
    payment: async ({ paymentId }, _arguments, { loaders, identity }) => {
      const payment = paymentId === null ? null : await loaders.payment.load(paymentId);
      return payment && isVisible(payment, identity) ? payment : null;
    },
    refund: async ({ refundId, paymentId }, _arguments, { loaders, identity }) => {
      if (refundId === null || paymentId === null) return null;
      const [refund, payment] = await Promise.all([
        loaders.refund.load(refundId),
        loaders.payment.load(paymentId),
      ]);
      return refund && payment && isVisible(payment, identity) ? { refund, payment } : null;
    },
    transaction: ({ transactionId }, _arguments, { loaders }) =>
      loaders.entriesOf.load({ group: transactionId, limit: maxEntries, after: null }),
  },
};
