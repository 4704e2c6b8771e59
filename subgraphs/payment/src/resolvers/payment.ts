import { Rejection, Unavailable } from '@souk/shared/errors';
import { callerOf } from '@souk/shared/graph/context';
import { graphError } from '@souk/shared/graph/errors';
import { readListPage } from '@souk/shared/graph/list-pages';
import { isIdCursor, readPage } from '@souk/shared/graph/pagination';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { verifyPayment } from '../domain/payment/provider-sync.js';
import { confirmPayment } from '../domain/payment/confirmation.js';
import { findVisible, isVisible, waitsForCustomer } from '../domain/payment/payment.js';
import { instructionsOf } from '../domain/payment/manual-terms.js';
import { paymentMethods } from '../domain/payment/payment-methods.js';
import { searchPayments } from '../domain/payment/payment-search.js';
import { recordReceipt } from '../domain/payment/manual-receipt.js';
import { PaymentEntity } from '../entities/payment.js';
import type { Resolvers } from '../generated/resolvers.js';
import { refundsOf } from './refunds-of-payment.js';
import { providerOf, sourceOf } from './stored-values.js';

const eventsSize = { byDefault: 200, max: 1_000 };
const disputesSize = { byDefault: 100, max: 100 };

export const paymentResolvers: Resolvers = {
  Query: {
    paymentMethods: (_parent, { currency }, { services, cardTimeoutMinutes }) =>
      paymentMethods(services.manual, cardTimeoutMinutes, currency ?? null).map((info) => ({
        ...info,
        provider: providerOf(info.provider),
        currencies: [...info.currencies],
      })),
    stripePublishableKey: (_parent, _arguments, { publishableKey }) => publishableKey,
    payment: async (_parent, { id, reference }, context) => {
      if (((id ?? null) === null) === ((reference ?? null) === null))
        throw graphError('BAD_USER_INPUT', 'Set exactly one of id and reference.');
      const payment = await load(context, id, reference);
      return payment && isVisible(payment, callerOf(context)) ? payment : null;
    },
    payments: (_parent, { filter, ...page }, { services }) => {
      const { customerId, ...rest } = filter ?? {};
      // An unknown id matches no payment.
      const customer = customerId ? (fromApiId('user', customerId) ?? unknownCustomer) : null;
      return searchPayments(
        services.database.reader,
        { ...rest, customerId: customer },
        readPage(page, isIdCursor),
      );
    },
  },

  Mutation: {
    confirmPayment: (_parent, { id, paymentMethodToken }, context) =>
      settled(context, id, (paymentId) =>
        confirmPayment(context.settlementServices, {
          caller: callerOf(context),
          network: context.clientNetwork,
          paymentId,
          paymentMethod: paymentMethodToken,
        }),
      ),
    verifyPayment: (_parent, { id }, context) =>
      settled(context, id, async (paymentId) => {
        const caller = callerOf(context);
        const payment = await findVisible(context.services.database.reader, caller, paymentId);
        const name = payment.customerId === caller.userId ? 'buyer' : 'admin';
        return verifyPayment(context.settlementServices, payment, { name });
      }),
    recordPayment: (_parent, receipt, context) =>
      withUserErrors({ payment: null, replayed: false }, async () => {
        const { database, clock } = context.services;
        const { result: id, replayed } = await database.transact((manager, outbox) =>
          recordReceipt(manager, outbox, callerOf(context), receipt, clock.now()),
        );
        return { payment: await database.reader.findOneByOrFail(PaymentEntity, { id }), replayed };
      }),
  },

  Payment: {
    __resolveReference: async (reference, context) => {
      const payment = await load(
        context,
        'id' in reference ? reference.id : null,
        'reference' in reference ? reference.reference : null,
      );
      return payment && isVisible(payment, context.identity) ? payment : null;
    },
    id: ({ id }) => toApiId('payment', id),
    provider: ({ provider }) => providerOf(provider),
    amount: ({ amount, currency }) => ({ amount, currency }),
    refunded: ({ refunded, currency }) => ({ amount: refunded, currency }),
    order: ({ orderId }) => ({ id: toApiId('order', orderId) }),
    customer: ({ customerId }) => ({ id: toApiId('user', customerId) }),
    clientSecret: (payment, _arguments, { identity, services, loaders }) =>
      payment.customerId === identity?.userId &&
      payment.providerPaymentId !== null &&
      waitsForCustomer(payment, services.clock.now())
        ? loaders.clientSecret.load(payment.providerPaymentId)
        : null,
    instructions: (payment, _arguments, { services, locale }) =>
      instructionsOf(services.manual, payment, services.clock.now(), locale),
    failure: ({ failureCode, failureMessage }) =>
      failureCode === null ? null : { code: failureCode, message: failureMessage ?? failureCode },
    events: async ({ id: group, currency }, page, { loaders }) => {
      const events = await loaders.eventsOf.load({ group, ...readListPage(page, eventsSize, 'event') });
      return events.map((event) => ({ event, currency }));
    },
    refunds: (payment, page, context) => refundsOf(payment, page, context),
    disputes: async (payment, page, { loaders }) => {
      const disputes = await loaders.disputesOf.load({
        group: payment.id,
        ...readListPage(page, disputesSize, 'dispute'),
      });
      return disputes.map((dispute) => ({ dispute, payment }));
    },
  },

  PaymentEvent: {
    id: ({ event }) => toApiId('event', event.id),
    at: ({ event }) => event.at,
    type: ({ event }) => event.type,
    amount: ({ event, currency }) => (event.amount === null ? null : { amount: event.amount, currency }),
    source: ({ event }) => sourceOf(event.source),
    providerEventId: ({ event }) => event.providerEventId,
    message: ({ event }) => event.message,
  },
};

/** The nil UUID, which no user has. */
const unknownCustomer = '00000000-0000-0000-0000-000000000000';

/** Loads a payment by its id or its reference. */
async function load(
  { loaders }: Context,
  id: string | null | undefined,
  reference: string | null | undefined,
): Promise<PaymentEntity | null> {
  if (id) {
    const paymentId = fromApiId('payment', id);
    return paymentId ? loaders.payment.load(paymentId) : null;
  }
  return reference ? loaders.paymentByReference.load(reference) : null;
}

/** Payload with the payment after `work`, also after a rejection, if the caller may see it. */
async function settled(
  context: Context,
  id: string,
  work: (paymentId: string | null) => Promise<PaymentEntity>,
) {
  const paymentId = fromApiId('payment', id);
  const payload = await withUserErrors({ payment: null, replayed: false }, async () => ({
    payment: await orRejection(work(paymentId)),
    replayed: false,
  }));
  if (payload.payment || !paymentId) return payload;
  const payment = await context.services.database.reader.findOneBy(PaymentEntity, { id: paymentId });
  return { ...payload, payment: payment && isVisible(payment, callerOf(context)) ? payment : null };
}

/** Converts Unavailable to the user error PROVIDER_UNAVAILABLE. */
async function orRejection<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new Rejection('PROVIDER_UNAVAILABLE', 'The card provider is unavailable. Try again later.');
  }
}
