import { stockGoods } from '../support/shop.js';
import { administrator, newUser } from '../support/suite-clients.js';
import { until } from '../support/until.js';

interface Cart {
  items: { offer: { title: string; availability: { status: string }; listing: { title: string } } }[];
  problems: { code: string }[];
}

it('leaves carts readable whose listing was deleted, with the reason why they cannot be bought', async () => {
  const admin = await administrator();
  const { listingId, offerId } = await stockGoods(admin, 5);
  const buyer = await newUser();
  await buyer.addToCart({ offerId });
  await expect(
    admin.run('mutation ($id: ID!) { deleteListing(id: $id) { ok userErrors { code } } }', { id: listingId }),
  ).resolves.toEqual({ deleteListing: { ok: true, userErrors: [] } });

  // Another process may have read the offer a moment before.
  const { cart, listing } = await until('the cart to show it', async () => {
    const read = (await buyer.run(
      `query ($id: ID!) { listing(id: $id) { id } cart { problems { code }
        items { offer { title availability { status } listing { title } } } } }`,
      { id: listingId },
    )) as { cart: Cart; listing: null };
    return read.cart.problems.some(({ code }) => code === 'NOT_FOUND') ? read : null;
  });
  expect(listing).toBeNull();
  expect(cart.items).toMatchObject([{ offer: { availability: { status: 'NOT_ON_SALE' } } }]);
  expect(cart.items[0]?.offer.listing.title).not.toBe('');
});
