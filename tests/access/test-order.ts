import type { TestClient } from '@souk/testing/test-client';

/** An order of the owner. */
export interface TestOrder {
  id: string;
  checkoutId: string;
  paymentId: string;
  reference: string;
  /** The id of its first line. */
  itemId: string;
  /** The code of its first token; empty where nothing was issued. */
  code: string;
}

/** Buys one unit without a cart. Returns the checkout's id. */
export async function startCheckout(
  client: TestClient,
  offerId: string,
  method: string,
  { shippingAddressId, ...payment }: { paymentMethodToken?: string; shippingAddressId?: string } = {},
): Promise<string> {
  const { checkout } = (await client.mutate(
    `mutation ($input: CreateOrderInput!) { createOrder(input: $input) {
      checkout { id } userErrors { code message field } } }`,
    {
      input: {
        items: [{ offerId }],
        idempotencyKey: crypto.randomUUID(),
        payment: { method, ...payment },
        ...(shippingAddressId !== undefined && { shippingAddressId }),
      },
    },
  )) as { checkout: { id: string } };
  return checkout.id;
}

/** The order of a checkout. */
export async function readOrder(client: TestClient, checkoutId: string): Promise<TestOrder> {
  const { checkout } = (await client.run(
    'query ($id: ID!) { checkout(id: $id) { order { id payment { id reference } items { id } tokens { code } } } }',
    { id: checkoutId },
  )) as {
    checkout: {
      order: {
        id: string;
        payment: { id: string; reference: string } | null;
        items: { id: string }[];
        tokens: { code: string }[];
      };
    };
  };
  const { id, payment, items, tokens } = checkout.order;
  return {
    id,
    checkoutId,
    paymentId: payment?.id ?? '',
    reference: payment?.reference ?? '',
    itemId: items[0]?.id ?? '',
    code: tokens[0]?.code ?? '',
  };
}
