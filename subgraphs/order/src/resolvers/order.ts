import { storedEnum } from '@souk/shared/graph/stored-enum';
import type { OrderEventType as StoredEventType } from '../domain/order/order.js';
import { Rejection } from '@souk/shared/errors';
import { callerOf, causeOf } from '@souk/shared/graph/context';
import { pageOf, readListPage } from '@souk/shared/graph/list-pages';
import { isIdCursor, readPage, toConnection } from '@souk/shared/graph/pagination';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { isHeldByDispute } from '../domain/cancellation/cancellation.js';
import { isCancellableInPart, orderIdField } from '../domain/cancellation/item-cancellation.js';
import type { RequestedUnits } from '../domain/cancellation/unit-selection.js';
import { changeStatus } from '../domain/order/order-status-change.js';
import { cancellableUnits, remainingUnits } from '../domain/order/line-units.js';
import { idField } from '../domain/order/order-conditions.js';
import type { OrdersFilter } from '../domain/order/order-lists.js';
import { countOrders, pageOfOrders } from '../domain/order/order-lists.js';
import { allowedTransitions } from '../domain/order/order-status.js';
import { maxUnitsOfLine } from '../domain/purchase/purchase-validation.js';
import type { OrderEntity } from '../entities/order.js';
import type { CancelItemInput, OrderEventType, Resolvers } from '../generated/resolvers.js';
import type { OrderConnection } from '../models.js';
import { historyId, readHistoryPage } from './history-page.js';
import { exactlyOne, canRead, userOf } from './access.js';

const refused = { order: null, replayed: false };

const eventTypeOf = storedEnum<StoredEventType, OrderEventType>({
  status: 'STATUS',
  payment: 'PAYMENT',
  saga: 'SAGA',
  token: 'TOKEN',
  refund: 'REFUND',
  note: 'NOTE',
});

/** Maximum number of an order's tokens in a page. */
const listSize = { byDefault: 200, max: 1_000 };
/** Maximum number of seats and tokens of a line; a line has at most as many units. */
const lineSize = { byDefault: 20, max: maxUnitsOfLine };

/** Resolvers of orders, lines and history. */
export const orderResolvers: Resolvers = {
  Query: {
    order: (_root, { id, number }, context) => {
      const { name, value } = exactlyOne({ id, number });
      return findOrder(name, value, context);
    },
    orders: (_root, { filter, first, after }, { database }) => {
      const customerId = filter?.customerId ? fromApiId('user', filter.customerId) : undefined;
      return ordersPage(
        database,
        { ...filter, customerId: customerId === null ? unknownCustomerId : customerId },
        { first, after },
      );
    },
  },
  Mutation: {
    cancelOrder: (_root, { id, reason, idempotencyKey }, context) =>
      withUserErrors(refused, async () => {
        const order = await orderToChange(id, context);
        const actor = callerOf(context);
        const { replayed } = await context.cancellations.start(order.id, {
          actor,
          cause: causeOf(context),
          reason,
          idempotencyKey,
        });
        return payloadOf(order, replayed, context);
      }),
    cancelOrderItems: (_root, { orderId, items, reason, idempotencyKey }, context) =>
      withUserErrors(refused, async () => {
        const order = await orderToChange(orderId, context, orderIdField);
        const request = { actor: callerOf(context), cause: causeOf(context), reason, idempotencyKey };
        const { replayed } = await context.cancellations.startItems(
          order.id,
          items.map(readRequestedUnits),
          request,
        );
        return payloadOf(order, replayed, context);
      }),
    updateOrderStatus: (_root, { id, status }, context) =>
      withUserErrors(refused, async () => {
        const order = await orderToChange(id, context);
        const change = { to: status, actorId: callerOf(context).userId };
        await context.database.transact((manager, outbox) => changeStatus(manager, outbox, order.id, change));
        return payloadOf(order, false, context);
      }),
  },
  Order: {
    __resolveReference: (reference, context) =>
      'number' in reference
        ? findOrder('number', reference.number, context)
        : findOrder('id', reference.id, context),
    id: (order) => toApiId('order', order.id),
    customer: (order) => userOf(order.customerId),
    allowedTransitions: async (order, _arguments, { loaders }) => {
      // No transition is possible during a cancellation.
      if (order.cancellationId !== null) return [];
      const [lines, redeemed] = await Promise.all([
        loaders.linesOfOrder.load(order.id),
        loaders.isRedeemed.load(order.id),
      ]);
      const allowed = allowedTransitions(order.status, {
        ships: lines.some((line) => line.fulfilment === 'SHIPMENT' && remainingUnits(line) > 0),
        shipped: lines.some((line) => line.shippedQuantity > 0),
        redeemed,
      });
      return isHeldByDispute(order) ? allowed.filter((status) => status !== 'CANCELLED') : allowed;
    },
    items: (order, _arguments, { loaders }) => loaders.linesOfOrder.load(order.id),
    total: ({ totalAmount, currency }) => ({ amount: totalAmount, currency }),
    refunded: ({ refundedAmount, currency }) => ({ amount: refundedAmount, currency }),
    shippingAddress: ({ shippingAddress }) => apiAddress(shippingAddress),
    checkout: async (order, _arguments, { loaders }) => {
      const checkout = await loaders.checkoutById.load(order.checkoutId);
      if (!checkout) throw new Error(`There is no checkout ${order.checkoutId}.`);
      return checkout;
    },
    tokens: (order, page, { loaders }) =>
      loaders.tokensOfOrder.load({ group: order.id, ...readListPage(page, listSize, 'token') }),
    history: (order, page, { loaders }) =>
      loaders.eventsOfOrder.load({ group: order.id, ...readHistoryPage(page) }),
  },
  OrderItem: {
    id: (line) => toApiId('line', line.id),
    offer: (line) => ({ id: toApiId('offer', line.offerId) }),
    cancelledQuantity: ({ cancelledUnits }) => cancelledUnits.length,
    cancellableQuantity: async (line, _arguments, { loaders }) => {
      const order = await loaders.orderById.load(line.orderId);
      if (!order || !isCancellableInPart(order)) return 0;
      const redeemed = await loaders.redeemedUnitsOfLine.load(line.id);
      return cancellableUnits(order.status, line, redeemed).length;
    },
    seats: ({ seatIds }, page) =>
      pageOf(seatIds, readListPage(page, lineSize, 'seat'), (seatId) => seatId).map((seatId) => ({
        id: toApiId('seat', seatId),
      })),
    unitPrice: ({ unitAmount, currency }) => ({ amount: unitAmount, currency }),
    total: ({ unitAmount, currency, quantity }) => ({ amount: unitAmount * quantity, currency }),
    partner: (line) => (line.partnerId === null ? null : { id: toApiId('partner', line.partnerId) }),
    tokens: (line, page, { loaders }) =>
      loaders.tokensOfLine.load({ group: line.id, ...readListPage(page, lineSize, 'token') }),
  },
  OrderEvent: {
    id: ({ id }) => historyId(id),
    type: ({ type }) => eventTypeOf(type),
    actor: (event) => (event.actorId === null ? null : userOf(event.actorId)),
  },
};

/** An order's copy of an address, with its id in the API. */
export function apiAddress(stored: OrderEntity['shippingAddress']): OrderEntity['shippingAddress'] {
  return stored && { ...stored, id: toApiId('addr', stored.id) };
}

/** An id without a user: a filter by an unknown customer matches nothing. */
const unknownCustomerId = '00000000-0000-0000-0000-000000000000';

/** Returns a page of orders, newest first. */
export async function ordersPage(
  database: Context['database'],
  filter: OrdersFilter,
  paging: { first: number; after?: string | null | undefined },
): Promise<OrderConnection> {
  const page = readPage(paging, isIdCursor);
  return toConnection(
    page,
    await pageOfOrders(database.reader, filter, page),
    { cursor: (order) => order.id, node: (order) => order },
    () => countOrders(database.reader, filter),
  );
}

/** Returns the order of a mutation. @throws Rejection NOT_FOUND if the caller may not see it */
async function orderToChange(
  id: string,
  context: Context,
  field: readonly string[] = idField,
): Promise<OrderEntity> {
  const order = await findOrder('id', id, context);
  if (order) return order;
  throw new Rejection('NOT_FOUND', 'There is no such order.', { field });
}

function readRequestedUnits({ itemId, quantity, tokenIds, seatIds }: CancelItemInput): RequestedUnits {
  return {
    lineId: fromApiId('line', itemId),
    quantity,
    named: tokenIds
      ? { by: 'tokenIds', ids: tokenIds.map((id) => fromApiId('token', id)) }
      : seatIds
        ? { by: 'seatIds', ids: seatIds.map((id) => fromApiId('seat', id)) }
        : null,
    isAmbiguous: Boolean(tokenIds && seatIds),
  };
}

/** Returns the order after a mutation. */
async function payloadOf(
  { id }: OrderEntity,
  replayed: boolean,
  { loaders }: Context,
): Promise<{ order: OrderEntity | null; replayed: boolean }> {
  return { order: await loaders.orderById.clear(id).load(id), replayed };
}

async function findOrder(
  key: 'id' | 'number',
  value: string,
  { loaders, identity }: Context,
): Promise<OrderEntity | null> {
  const id = key === 'id' ? fromApiId('order', value) : null;
  if (key === 'id' && id === null) return null;
  const found = await (id === null ? loaders.orderByNumber.load(value) : loaders.orderById.load(id));
  return found && canRead(identity, found.customerId) ? found : null;
}
