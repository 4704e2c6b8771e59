import { createHash } from 'node:crypto';
import type { orderEvents } from '@souk/shared/contracts/order';
import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';
import type { CartEntity } from '../../entities/cart.js';

/** The transaction of a cart's change. */
export interface CartTransaction {
  manager: EntityManager;
  outbox: Outbox;
}

type Cart = Pick<CartEntity, 'id' | 'ownerId'>;

/** Publishes a change of one line. */
export function publishItem(
  outbox: Outbox,
  event: typeof orderEvents.cartItemAdded,
  cart: Cart,
  {
    id: itemId,
    offerId,
    listingId,
    quantity,
  }: { id: string; offerId: string; listingId: string; quantity: number },
): void {
  outbox.publish(event, aggregateOf(cart), { ...referenceOf(cart), itemId, offerId, listingId, quantity });
}

/** Publishes a change of several lines. */
export function publishCart(
  outbox: Outbox,
  event: typeof orderEvents.cartCleared,
  cart: Cart,
  lines: number,
): void {
  outbox.publish(event, aggregateOf(cart), { ...referenceOf(cart), lines });
}

function referenceOf({ id, ownerId }: Cart): { cartId: string | null; userId: string | null } {
  return { cartId: ownerId === null ? null : id, userId: ownerId };
}

/** Returns the aggregate: a digest for a guest cart, whose id is enough to use the cart. */
function aggregateOf({ id, ownerId }: Cart): string {
  return ownerId === null ? createHash('sha256').update(id).digest('hex') : id;
}
