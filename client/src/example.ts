import type { CheckoutProgressFragment } from './generated/operations.js';
import {
  AddToCartDocument,
  CheckoutDocument,
  CheckoutUpdatedDocument,
  ListingsDocument,
  RegisterDocument,
} from './generated/operations.js';
import { granted, SoukClient } from './souk-client.js';

/** The example's purchase, and where it reports progress. */
export interface ExampleOptions {
  /** An offer with nothing to ship and no seat to choose; the first app on sale when left out. */
  offerId?: string;
  report: (line: string) => void;
}

/** Registers a buyer, fills the cart, checks out and follows the checkout to its end. @returns how it ended */
export async function buySomething(
  url: string,
  { offerId, report }: ExampleOptions,
): Promise<CheckoutProgressFragment> {
  const souk = new SoukClient(url);
  const email = `example-${crypto.randomUUID()}@example.com`;
  const { register } = await souk.run(RegisterDocument, {
    input: { email, password: crypto.randomUUID(), firstName: 'Example', lastName: 'Buyer' },
  });
  souk.useToken(granted(register).accessToken);
  report(`registered ${email}`);

  const item = { offerId: offerId ?? (await anyApp(souk)), quantity: 1 };
  const { addToCart } = await souk.run(AddToCartDocument, { item });
  report(`the cart comes to ${granted(addToCart).cart?.total.formatted ?? 'nothing'}`);

  const started = await souk.run(CheckoutDocument, {
    input: {
      // Kept and sent again where the answer is lost: the same key is the same checkout.
      idempotencyKey: crypto.randomUUID(),
      payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
    },
  });
  let { checkout } = granted(started.checkout);
  if (!checkout) throw new Error('There is no checkout.');
  for await (const { checkoutUpdated } of souk.follow(CheckoutUpdatedDocument, { id: checkout.id })) {
    checkout = checkoutUpdated;
    report(`${checkout.status} ${checkout.currentStep ?? ''}`.trimEnd());
  }
  for (const token of checkout.order.tokens) report(`${token.kind} ${token.code}`);
  return checkout;
}

async function anyApp(souk: SoukClient): Promise<string> {
  const { listings } = await souk.run(ListingsDocument, { filter: { kinds: ['APP'], availableOnly: true } });
  const [offer] = listings.nodes.flatMap(({ offers }) => offers);
  if (!offer) throw new Error('No app is on sale.');
  return offer.id;
}
