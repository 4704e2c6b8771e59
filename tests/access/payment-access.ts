import type { AccessObjects } from './access-objects.js';
import type { AccessTable } from './access-row.js';
import { alone, everybody, except, field, holders, operation, owner, seller } from './access-row.js';

type Variables = Record<string, unknown>;

const idOfPayment = async (o: AccessObjects): Promise<Variables> => ({ id: (await o.order()).paymentId });
/** The seller's partner, once the ledger has a sale and a refund of theirs. */
const partnerWithSales = async (o: AccessObjects): Promise<Variables> => {
  await o.refund();
  return { id: await o.partnerId() };
};
/** Sellers see the entries of their account, but the payments are their buyers'. */
const paymentsOfSeller = except(seller('FORBIDDEN', ['payments:manage']), { partner: 'null' });
const statement = 'partner(id: $id) > statement(first: 100) > nodes';

/** The access to payment's operations and private fields. */
export const paymentAccess: AccessTable = {
  'Query.paymentMethods': operation(everybody()),
  'Query.stripePublishableKey': operation(everybody()),
  'Query.payment': operation(owner('null', ['payments:manage']), idOfPayment),
  'Query.payments': operation(holders(['payments:manage'])),
  'Query.reconciliation': operation(holders(['payments:manage'])),

  'User.payments': field('user(id: $id)', owner('FORBIDDEN', ['payments:manage']), async (o) => ({
    id: await o.ownerId(),
  })),
  'Payment.clientSecret': field(
    'payment(id: $id)',
    alone(except(owner('null', ['payments:manage']), { administrator: 'null' }), {
      'payments:manage': 'null',
    }),
    async (o) => ({ id: (await o.unpaid('CREDIT_CARD')).paymentId }),
  ),
  'Order.payment': field(
    'order(id: $id)',
    alone(owner('null', ['orders:manage', 'payments:manage']), {
      'orders:manage': 'null',
      'payments:manage': 'null',
    }),
    async (o) => ({ id: (await o.order()).id }),
  ),
  'Partner.balances': field('partner(id: $id)', seller('FORBIDDEN', ['payments:manage']), partnerWithSales),
  'Partner.statement': field('partner(id: $id)', seller('FORBIDDEN', ['payments:manage']), partnerWithSales),
  'LedgerEntry.payment': field(statement, paymentsOfSeller, partnerWithSales),
  'LedgerEntry.refund': field(statement, paymentsOfSeller, partnerWithSales),
  'LedgerEntry.transaction': field(statement, holders(['payments:manage']), partnerWithSales),

  'Mutation.confirmPayment': operation(
    alone(except(owner('NOT_FOUND', ['payments:manage']), { administrator: 'NOT_OWNER' }), {
      'payments:manage': 'NOT_OWNER',
    }),
    async (o) => ({
      id: (await o.unpaid('CREDIT_CARD')).paymentId,
      paymentMethodToken: 'pm_card_visa',
    }),
  ),
  'Mutation.verifyPayment': operation(owner('NOT_FOUND', ['payments:manage']), async (o) => ({
    id: (await o.unpaid('CREDIT_CARD')).paymentId,
  })),
  'Mutation.recordPayment': operation(holders(['payments:manage']), async (o) => ({
    reference: (await o.unpaid('BANK_TRANSFER')).reference,
    amount: { amount: (await o.offer()).price, currency: 'EUR' },
    idempotencyKey: crypto.randomUUID(),
  })),
  'Mutation.refundPayment': operation(holders(['payments:manage']), async (o) => ({
    input: {
      paymentId: (await o.order()).paymentId,
      amount: { amount: 1, currency: 'EUR' },
      reason: 'A test.',
      idempotencyKey: crypto.randomUUID(),
    },
  })),
  'Mutation.recordPayout': operation(holders(['payments:manage']), async (o) => {
    await o.refund();
    return {
      partnerId: await o.partnerId(),
      amount: { amount: 1, currency: 'EUR' },
      reference: 'A test.',
      idempotencyKey: crypto.randomUUID(),
    };
  }),
};
