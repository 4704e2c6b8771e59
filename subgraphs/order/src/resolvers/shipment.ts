import { holds } from '@souk/shared/auth/identity';
import { once } from '@souk/shared/db/idempotency';
import { Rejection } from '@souk/shared/errors';
import { callerOf } from '@souk/shared/graph/context';
import { readListPage } from '@souk/shared/graph/list-pages';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import type { Context } from '../context.js';
import { linesSoldBy } from '../domain/partner-projection.js';
import { maxLines } from '../domain/purchase/purchase-validation.js';
import { trackingUrlOf } from '../domain/shipment/carrier.js';
import { ship } from '../domain/shipment/shipment.js';
import type { NewShipment, SoldLines } from '../domain/shipment/shipment-validation.js';
import type { MutationMarkShippedArgs, Resolvers } from '../generated/resolvers.js';
import { canRead, requireSellerAccess } from './access.js';
import { apiAddress } from './order.js';

const refused = { shipment: null, replayed: false };
const listSize = { byDefault: 20, max: 100 };

/** Resolvers of shipments. */
export const shipmentResolvers: Resolvers = {
  Mutation: {
    markShipped: (_root, { orderId, idempotencyKey, ...input }, context) =>
      withUserErrors(refused, async () => {
        const { id, soldLines } = await orderToShip(orderId, context);
        const shipment = readShipment(input);
        const { userId: shipperId } = callerOf(context);
        const call = {
          caller: shipperId,
          operation: 'markShipped',
          key: idempotencyKey,
          arguments: { orderId: id, ...shipment },
        };
        const { result, replayed } = await context.database.transact((manager, outbox) =>
          once(manager, call, ['idempotencyKey'], () =>
            ship(manager, outbox, id, shipment, { shipperId, soldLines }),
          ),
        );
        return { shipment: await context.loaders.shipmentById.load(result), replayed };
      }),
  },
  Order: {
    shipments: (order, page, { loaders }) =>
      loaders.shipmentsOfOrder.load({ group: order.id, ...readListPage(page, listSize, 'shipment') }),
  },
  Partner: {
    linesToShip: async ({ id }, page, context) => {
      const partnerId = fromApiId('partner', id);
      await requireSellerAccess(context, partnerId, 'orders:manage');
      if (partnerId === null) return null;
      return context.loaders.linesToShip.load({ group: partnerId, ...readListPage(page, listSize, 'line') });
    },
  },
  LineToShip: {
    itemId: ({ lineId }) => toApiId('line', lineId),
    orderId: ({ orderId }) => toApiId('order', orderId),
    shippingAddress: ({ shippingAddress }) => apiAddress(shippingAddress),
  },
  Shipment: {
    id: ({ id }) => toApiId('shipment', id),
    items: ({ id }, _arguments, { loaders }) => loaders.itemsOfShipment.load(id),
    trackingUrl: ({ carrier, trackingNumber }) => trackingUrlOf(carrier, trackingNumber),
  },
  ShipmentItem: {
    item: async ({ lineId }, _arguments, { loaders }) => {
      const line = await loaders.lineById.load(lineId);
      if (!line) throw new Error(`There is no line ${lineId}.`);
      return line;
    },
  },
};

/**
 * Returns the order (UUID) and the lines of it that the caller may ship.
 * @throws Rejection NOT_FOUND if the caller may not see it, NOT_OWNER for a buyer who does not sell it
 */
async function orderToShip(
  orderId: string,
  { identity, loaders, database }: Context,
): Promise<{ id: string; soldLines: SoldLines }> {
  const field = ['orderId'];
  const id = fromApiId('order', orderId);
  const order = id === null ? null : await loaders.orderById.load(id);
  if (order && holds(identity, 'orders:manage')) return { id: order.id, soldLines: 'all' };
  if (order && identity && holds(identity, 'partner')) {
    const lines = await loaders.linesOfOrder.load(order.id);
    const ids = lines.map((line) => line.id);
    const soldLines = await linesSoldBy(database.reader, identity.userId, ids);
    if (soldLines.size > 0) return { id: order.id, soldLines };
  }
  if (order && canRead(identity, order.customerId))
    throw new Rejection('NOT_OWNER', 'An order is shipped by its seller.', { field });
  throw new Rejection('NOT_FOUND', 'There is no such order.', { field });
}

/** @throws Rejection or Rejections INVALID */
function readShipment({
  items,
  carrier,
  trackingNumber,
}: Pick<MutationMarkShippedArgs, 'items' | 'carrier' | 'trackingNumber'>): NewShipment {
  const check = new InputCheck();
  if (items.length === 0 || items.length > maxLines) check.refuse('items', `Name 1 to ${maxLines} lines.`);
  const read = {
    items: items.map(({ itemId, quantity }) => ({ lineId: fromApiId('line', itemId), quantity })),
    carrier: check.text('carrier', carrier),
    trackingNumber: typeof trackingNumber === 'string' ? check.text('trackingNumber', trackingNumber) : null,
  };
  check.throwIfAny();
  return read;
}
