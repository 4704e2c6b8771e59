import { toApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { NamedListing } from './listing-names.js';
import { boughtListings, listingNames, nameListings, sampleListings } from './listing-names.js';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

/** The recipient has a cart with items that they do not change any more. */
export const cartReminderType = defineType({
  ...ordinary,
  name: 'CART_REMINDER',
  purpose: 'The recipient’s cart has items, and nobody changed it for a day (cart.reminderHours).',
  variables: z.object({ cartId: z.string(), ...listingNames }),
  sample: { cartId: 'cart_01jz0000000000000000000000', ...sampleListings },
  text: {
    en: {
      subject: 'Your cart is waiting',
      body: `Your cart still has ${boughtListings.en}. Prices and stock may change until you check out.`,
    },
    de: {
      subject: 'Dein Warenkorb wartet',
      body: `In deinem Warenkorb liegt noch ${boughtListings.de}. Bis du bestellst, können sich Preise und Vorrat ändern.`,
    },
    pt: {
      subject: 'O seu carrinho está à espera',
      body: `O seu carrinho ainda tem ${boughtListings.pt}. Os preços e o stock podem mudar até concluir a compra.`,
    },
    fr: {
      subject: 'Votre panier vous attend',
      body: `Votre panier contient encore ${boughtListings.fr}. Les prix et le stock peuvent changer avant votre commande.`,
    },
  },
});

/** For the owner of a cart that was not changed for long. The id is a UUID. */
export function cartReminder(cartId: string, listings: readonly NamedListing[]): NotificationContent {
  const data = { cartId: toApiId('cart', cartId) };
  return contentOf(cartReminderType, { ...data, ...nameListings(listings) }, data);
}
