import { createHash } from 'node:crypto';
import type { CartEntity, CartItemEntity } from '../../entities/cart.js';
import type { SeatHolder } from '../catalog-port.js';

/** Catalog's limit of digests in one call. */
const maxDigests = 100;

/**
 * Returns the digest by which catalog knows a cart, as a UUID of version 8. The id of a guest's cart is its secret, and
 * the digest does not disclose it.
 */
export function cartDigest(cartId: string): string {
  const digest = createHash('sha256').update(`seats of cart ${cartId}`).digest('hex');
  // RFC 9562: version 8, variant 10.
  const variant = (0x8 | (Number.parseInt(digest[16] ?? '0', 16) & 0x3)).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}

/**
 * Returns under whom the seats of a cart are held: its owner, or the cart itself while it is a guest's. Lines that came
 * from guest carts may still be held under those.
 */
export function seatHolderOf(
  cart: Pick<CartEntity, 'id' | 'ownerId'>,
  items: readonly Pick<CartItemEntity, 'heldAs'>[],
): SeatHolder {
  const digests = new Set([cartDigest(cart.id), ...items.flatMap(({ heldAs }) => heldAs ?? [])]);
  return { userId: cart.ownerId, cartDigests: [...digests].slice(0, maxDigests) };
}

/** Whether seats that are held under this id are the holder's. */
export function isHeldBy({ userId, cartDigests }: SeatHolder, id: string | null): boolean {
  return id !== null && (id === userId || cartDigests.includes(id));
}
