import { newId } from '@souk/shared/ids';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { cartDigest, isHeldBy, seatHolderOf } from './seat-holder.js';

it("digests a cart's id to a UUID that does not disclose it", () => {
  const ids = Array.from({ length: 200 }, () => randomUUID());
  const digests = ids.map(cartDigest);
  expect(new Set([...ids, ...digests]).size).toBe(400);
  for (const digest of digests) expect(z.uuid().safeParse(digest).success).toBe(true);
  expect(cartDigest(ids[0]!)).toBe(digests[0]);
  // Holds of a version before an update must be found after it.
  expect(cartDigest('018f3b8e-1111-4111-8111-111111111111')).toBe('119be944-7c83-8087-aeba-689d40869dbb');
});

it('knows the owner, the cart, and carts that were merged into it', () => {
  const [cart, owner, merged] = [newId(), newId(), newId()];
  const guest = seatHolderOf({ id: cart, ownerId: null }, []);
  expect(guest).toEqual({ userId: null, cartDigests: [cartDigest(cart)] });
  const user = seatHolderOf({ id: cart, ownerId: owner }, [
    { heldAs: merged },
    { heldAs: null },
    { heldAs: merged },
  ]);
  expect(user).toEqual({ userId: owner, cartDigests: [cartDigest(cart), merged] });
  for (const id of [owner, merged, cartDigest(cart)]) expect(isHeldBy(user, id)).toBe(true);
  for (const id of [null, cart, newId()]) expect(isHeldBy(user, id)).toBe(false);
  expect(isHeldBy(guest, owner)).toBe(false);
});
