import { holds } from '@souk/shared/auth/identity';
import { Rejection } from '@souk/shared/errors';
import { callerOf, causeOf } from '@souk/shared/graph/context';
import { isIdCursor, readPage } from '@souk/shared/graph/pagination';
import { toUserError, withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { isTerminal } from '@souk/shared/saga/state';
import type { Context } from '../context.js';
import {
  checkoutStatusOf,
  failureOf,
  participantOf,
  publicError,
  sagaStatusOf,
  stepNameOf,
} from './checkout-view.js';
import { canUseCart } from '../domain/cart/cart.js';
import { listCheckouts } from '../domain/order/order-lists.js';
import type { OrderEntity } from '../entities/order.js';
import type { SagaEntity } from '../entities/saga.js';
import type { Resolvers } from '../generated/resolvers.js';
import type { Actor } from '../saga/checkout-control.js';
import type { RequestOrigin, StartedCheckout } from '../saga/start-checkouts.js';
import { exactlyOne, canRead } from './access.js';

const refused = { checkout: null, replayed: false };
const endedNone = { checkouts: [], ended: 0 };
/** Maximum number of checkouts that endCheckouts returns. */
const maxListed = 100;

/** Resolvers of checkouts and their steps. */
export const checkoutResolvers: Resolvers = {
  Query: {
    checkout: (_root, { id, transactionId }, context) => {
      const { name, value } = exactlyOne({ id, transactionId });
      return findCheckout(name, value, context);
    },
    checkouts: (_root, { status, first, after }, { database }) =>
      listCheckouts(
        database.reader,
        { status: status ? sagaStatusOf(status) : null },
        readPage({ first, after }, isIdCursor),
      ),
  },
  Mutation: {
    checkout: (_root, { input }, context) =>
      withUserErrors(refused, async () =>
        payloadOf(
          await context.checkouts.fromCart(callerOf(context).userId, input, originOf(context)),
          context,
        ),
      ),
    createOrder: (_root, { input }, context) =>
      withUserErrors(refused, async () =>
        payloadOf(
          await context.checkouts.fromItems(callerOf(context).userId, input, originOf(context)),
          context,
        ),
      ),
    cancelCheckout: (_root, { id }, context) =>
      decided(id, context, (checkout, actor) => context.checkoutControl.cancel(checkout, actor)),
    endCheckouts: (_root, { userId }, context) =>
      withUserErrors(endedNone, async () => {
        const id = fromApiId('user', userId);
        const ended = id === null ? [] : await context.checkoutControl.cancelAll(id, actorOf(context));
        const listed = await Promise.all(
          ended.slice(0, maxListed).map((checkoutId) => context.loaders.checkoutById.load(checkoutId)),
        );
        return { checkouts: listed.filter((checkout) => checkout !== null), ended: ended.length };
      }),
    retryCheckout: (_root, { id }, context) =>
      decided(id, context, (checkout, actor) => context.checkoutControl.retry(checkout, actor)),
    resolveCheckout: (_root, { id, note }, context) =>
      decided(id, context, (checkout, actor) =>
        context.checkoutControl.resolveManually(checkout, note, actor),
      ),
  },
  Checkout: {
    __resolveReference: (reference, context) =>
      'transactionId' in reference
        ? findCheckout('transactionId', reference.transactionId, context)
        : findCheckout('id', reference.id, context),
    id: (checkout) => toApiId('checkout', checkout.id),
    status: (checkout) => checkoutStatusOf(checkout.status),
    currentStep: ({ state }) =>
      isTerminal(state.status) ? null : stepNameOf(state.steps[state.position]?.name ?? ''),
    steps: ({ state }) => state.steps,
    compensations: ({ state }) => state.compensations,
    order: (checkout, _arguments, { loaders }) => orderOf(checkout, loaders),
    cart: async ({ cartId }, _arguments, { loaders, identity }) => {
      const cart = cartId === null ? null : await loaders.cartById.load(cartId);
      return cart && canUseCart(cart, identity?.userId ?? null) ? cart : null;
    },
    failure: ({ state }) => state.failure && toUserError(failureOf(state.failure)),
  },
  SagaStep: {
    name: (step) => stepNameOf(step.name),
    participant: (step) => participantOf(step.participant),
    startedAt: ({ startedAt }) => timeOf(startedAt),
    completedAt: ({ completedAt }) => timeOf(completedAt),
    durationMs: ({ startedAt, completedAt }) =>
      startedAt && completedAt ? Date.parse(completedAt) - Date.parse(startedAt) : null,
    error: ({ error }, _arguments, { identity }) =>
      error && (holds(identity, 'orders:manage') ? error : publicError(error)),
  },
};

async function findCheckout(
  key: 'id' | 'transactionId',
  value: string,
  { loaders, identity }: Context,
): Promise<SagaEntity | null> {
  const id = key === 'id' ? fromApiId('checkout', value) : null;
  if (key === 'id' && id === null) return null;
  const found = await (id === null
    ? loaders.checkoutByTransactionId.load(value)
    : loaders.checkoutById.load(id));
  return found && canRead(identity, found.userId) ? found : null;
}

async function payloadOf(
  { checkoutId, replayed }: StartedCheckout,
  { loaders }: Context,
): Promise<{ checkout: SagaEntity | null; replayed: boolean }> {
  return { checkout: await loaders.checkoutById.load(checkoutId), replayed };
}

function originOf(context: Context): RequestOrigin {
  return { clientNetwork: context.clientNetwork, cause: causeOf(context) };
}

function actorOf(context: Context): Actor {
  return { userId: callerOf(context).userId, cause: causeOf(context) };
}

/** Runs an action on a checkout that the caller may see, and returns the resulting checkout. */
function decided(
  id: string,
  context: Context,
  decide: (checkout: SagaEntity, actor: Actor) => Promise<void>,
): ReturnType<typeof withUserErrors<Awaited<ReturnType<typeof payloadOf>>, typeof refused>> {
  return withUserErrors(refused, async () => {
    const checkout = await findCheckout('id', id, context);
    if (!checkout) throw new Rejection('NOT_FOUND', 'There is no such checkout.', { field: ['id'] });
    await decide(checkout, actorOf(context));
    context.loaders.checkoutById.clear(checkout.id);
    return payloadOf({ checkoutId: checkout.id, replayed: false }, context);
  });
}

async function orderOf({ orderId }: SagaEntity, loaders: Context['loaders']): Promise<OrderEntity> {
  const order = await loaders.orderById.load(orderId);
  if (!order) throw new Error(`There is no order ${orderId}.`);
  return order;
}

function timeOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
