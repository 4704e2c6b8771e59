import type { Client } from './client.js';

/** Makes offers of licences, without a limit to their number, on sale: nothing to ship, so that an order completes. */
export async function makeOffers(admin: Client, count: number): Promise<string[]> {
  const { category } = await admin.run<{ category: { id: string } }>(
    'mutation { createCategory(name: "Bench") { category { id } userErrors { code message } } }',
  );
  const offers: string[] = [];
  for (let number = 1; number <= count; number += 1) offers.push(await makeOffer(admin, category.id, number));
  return offers;
}

async function makeOffer(admin: Client, categoryId: string, number: number): Promise<string> {
  const { listing } = await admin.run<{ listing: { id: string } }>(
    `mutation ($input: AppInput!) {
      createApp(input: $input) { listing { id } userErrors { code message field } }
    }`,
    {
      input: {
        listing: { title: `Bench ${number}`, categoryId },
        version: '1.0',
        platforms: ['linux'],
        website: 'https://example.com/app',
      },
    },
  );
  const { offer } = await admin.run<{ offer: { id: string } }>(
    `mutation ($listingId: ID!, $input: OfferInput!) {
      createOffer(listingId: $listingId, input: $input) { offer { id } userErrors { code message field } }
    }`,
    {
      listingId: listing.id,
      input: {
        title: 'Licence',
        upc: `B-${number}`,
        onHand: 1_000_000,
        price: { amount: 1_900, currency: 'EUR' },
      },
    },
  );
  await admin.run(
    `mutation ($id: ID!) { publishListing(id: $id) { listing { id } userErrors { code message } } }`,
    { id: listing.id },
  );
  return offer.id;
}

/** Puts two units into the buyer's cart. */
export async function fillCart(buyer: Client, offerId: string): Promise<void> {
  await buyer.run(
    `mutation ($item: CartItemInput!) { addToCart(item: $item) { cart { id } userErrors { code message } } }`,
    { item: { offerId, quantity: 2 } },
  );
}

/** Checks the buyer's cart out, with a card that pays; the checkout's id. */
export async function startCheckout(buyer: Client): Promise<string> {
  const { checkout } = await buyer.run<{ checkout: { id: string } }>(
    `mutation ($input: CheckoutInput!) {
      checkout(input: $input) { checkout { id status } userErrors { code message field } }
    }`,
    {
      input: {
        idempotencyKey: crypto.randomUUID(),
        payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
      },
    },
  );
  return checkout.id;
}

/** A checkout's status, read through the gateway. */
export async function statusOf(buyer: Client, id: string): Promise<string> {
  const { status } = await buyer.run<{ status: string }>(
    'query ($id: ID!) { checkout(id: $id) { status } }',
    {
      id,
    },
  );
  return status;
}
