import { money } from '@souk/shared/contracts/values';
import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { z } from 'zod';
import type { NamedListing } from './listing-names.js';
import { boughtListings, listingNames, nameListings, sampleListings } from './listing-names.js';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

const orderVariables = z.object({
  /** TypeID. */
  orderId: z.string(),
  orderNumber: z.string(),
});
const purchaseVariables = orderVariables.extend({ total: money, ...listingNames });
const reasonVariables = orderVariables.extend({ reason: z.string() });

const sampleOrder = { orderId: 'order_01jz0000000000000000000000', orderNumber: 'S-7K2M9QXW' };
const samplePurchase = { ...sampleOrder, total: { amount: 12_550, currency: 'EUR' }, ...sampleListings };

/** Paid, and something is still to be shipped. */
export const orderPaidType = defineType({
  ...ordinary,
  name: 'ORDER_PAID',
  purpose: 'The order is paid, and something is still to be shipped.',
  variables: purchaseVariables,
  sample: samplePurchase,
  text: {
    en: {
      subject: 'Your order {{ orderNumber }} is paid',
      body: `You bought ${boughtListings.en} for {{ total | money }}. We are preparing the shipment.`,
    },
    de: {
      subject: 'Deine Bestellung {{ orderNumber }} ist bezahlt',
      body: `Du hast ${boughtListings.de} für {{ total | money }} gekauft. Wir bereiten den Versand vor.`,
    },
    pt: {
      subject: 'A sua encomenda {{ orderNumber }} está paga',
      body: `Comprou ${boughtListings.pt} por {{ total | money }}. Estamos a preparar o envio.`,
    },
    fr: {
      subject: 'Votre commande {{ orderNumber }} est payée',
      body: `Vous avez acheté ${boughtListings.fr} pour {{ total | money }}. Nous préparons l’expédition.`,
    },
  },
});

/** Complete. */
export const orderCompletedType = defineType({
  ...ordinary,
  name: 'ORDER_COMPLETED',
  purpose: 'The order is complete.',
  variables: purchaseVariables,
  sample: samplePurchase,
  text: {
    en: {
      subject: 'Your order {{ orderNumber }} is complete',
      body: `You bought ${boughtListings.en} for {{ total | money }}.`,
    },
    de: {
      subject: 'Deine Bestellung {{ orderNumber }} ist abgeschlossen',
      body: `Du hast ${boughtListings.de} für {{ total | money }} gekauft.`,
    },
    pt: {
      subject: 'A sua encomenda {{ orderNumber }} está concluída',
      body: `Comprou ${boughtListings.pt} por {{ total | money }}.`,
    },
    fr: {
      subject: 'Votre commande {{ orderNumber }} est terminée',
      body: `Vous avez acheté ${boughtListings.fr} pour {{ total | money }}.`,
    },
  },
});

/** The checkout failed. */
export const orderFailedType = defineType({
  ...ordinary,
  name: 'ORDER_FAILED',
  purpose: 'The checkout of the order failed.',
  variables: reasonVariables,
  sample: { ...sampleOrder, reason: 'The card was declined.' },
  text: {
    en: { subject: 'Your order {{ orderNumber }} did not go through', body: '{{ reason }}' },
    de: { subject: 'Deine Bestellung {{ orderNumber }} ist fehlgeschlagen', body: '{{ reason }}' },
    pt: { subject: 'A sua encomenda {{ orderNumber }} não foi concluída', body: '{{ reason }}' },
    fr: { subject: 'Votre commande {{ orderNumber }} n’a pas abouti', body: '{{ reason }}' },
  },
});

/** Canceled. */
export const orderCancelledType = defineType({
  ...ordinary,
  name: 'ORDER_CANCELLED',
  purpose: 'The order was canceled.',
  variables: reasonVariables,
  sample: { ...sampleOrder, reason: 'The buyer canceled the order.' },
  text: {
    en: { subject: 'Your order {{ orderNumber }} was cancelled', body: '{{ reason }}' },
    de: { subject: 'Deine Bestellung {{ orderNumber }} wurde storniert', body: '{{ reason }}' },
    pt: { subject: 'A sua encomenda {{ orderNumber }} foi cancelada', body: '{{ reason }}' },
    fr: { subject: 'Votre commande {{ orderNumber }} a été annulée', body: '{{ reason }}' },
  },
});

/** A part of it was canceled. */
export const orderItemsCancelledType = defineType({
  ...ordinary,
  name: 'ORDER_ITEMS_CANCELLED',
  purpose: 'A part of the order was canceled.',
  variables: reasonVariables.extend(listingNames),
  sample: { ...sampleOrder, ...sampleListings, reason: 'The performance was moved.' },
  text: {
    en: {
      subject: 'A part of your order {{ orderNumber }} was cancelled',
      body: `Cancelled: ${boughtListings.en}. {{ reason }}`,
    },
    de: {
      subject: 'Ein Teil deiner Bestellung {{ orderNumber }} wurde storniert',
      body: `Storniert: ${boughtListings.de}. {{ reason }}`,
    },
    pt: {
      subject: 'Uma parte da sua encomenda {{ orderNumber }} foi cancelada',
      body: `Cancelado: ${boughtListings.pt}. {{ reason }}`,
    },
    fr: {
      subject: 'Une partie de votre commande {{ orderNumber }} a été annulée',
      body: `Annulé : ${boughtListings.fr}. {{ reason }}`,
    },
  },
});

/** Money went back. */
export const orderRefundedType = defineType({
  ...ordinary,
  name: 'ORDER_REFUNDED',
  purpose: 'Money of the order was refunded.',
  variables: orderVariables.extend({ refunded: money }),
  sample: { ...sampleOrder, refunded: { amount: 4_000, currency: 'EUR' } },
  text: {
    en: {
      subject: 'Your order {{ orderNumber }} was refunded',
      body: 'We refunded {{ refunded | money }} to your original payment method.',
    },
    de: {
      subject: 'Deine Bestellung {{ orderNumber }} wurde erstattet',
      body: 'Wir haben {{ refunded | money }} auf dein ursprüngliches Zahlungsmittel erstattet.',
    },
    pt: {
      subject: 'A sua encomenda {{ orderNumber }} foi reembolsada',
      body: 'Reembolsámos {{ refunded | money }} no seu método de pagamento original.',
    },
    fr: {
      subject: 'Votre commande {{ orderNumber }} a été remboursée',
      body: 'Nous avons remboursé {{ refunded | money }} sur votre moyen de paiement d’origine.',
    },
  },
});

/** An order that a notification is about. */
export interface OrderReference {
  /** UUID. */
  id: string;
  number: string;
}

/** An order with its purchases. */
export interface PurchaseReference extends OrderReference {
  total: Money;
  listings: readonly NamedListing[];
}

/** For the buyer of a paid order of which something is still to be shipped. */
export function orderPaid(order: PurchaseReference): NotificationContent {
  return contentOf(orderPaidType, purchaseOf(order), dataOf(order));
}

/** For the buyer of a completed order. */
export function orderCompleted(order: PurchaseReference): NotificationContent {
  return contentOf(orderCompletedType, purchaseOf(order), dataOf(order));
}

/** For the buyer of a failed order. `reason` is a sentence for users. */
export function orderFailed(order: OrderReference & { reason: string }): NotificationContent {
  return contentOf(orderFailedType, { ...dataOf(order), reason: order.reason }, dataOf(order));
}

/** For the buyer of a cancelled order. `reason` is the text of the caller who cancelled it. */
export function orderCancelled(order: OrderReference & { reason: string }): NotificationContent {
  return contentOf(orderCancelledType, { ...dataOf(order), reason: order.reason }, dataOf(order));
}

/** For the buyer of an order of which a part was cancelled. `reason` is the text of the caller who cancelled it. */
export function orderItemsCancelled(
  order: OrderReference & { reason: string; listings: readonly NamedListing[] },
): NotificationContent {
  const { reason, listings } = order;
  return contentOf(
    orderItemsCancelledType,
    { ...dataOf(order), ...nameListings(listings), reason },
    dataOf(order),
  );
}

/** For the buyer of a refunded order. `refunded` is the amount of this refund. */
export function orderRefunded(order: OrderReference & { refunded: Money }): NotificationContent {
  return contentOf(orderRefundedType, { ...dataOf(order), refunded: order.refunded }, dataOf(order));
}

function dataOf({ id, number }: OrderReference): { orderId: string; orderNumber: string } {
  return { orderId: toApiId('order', id), orderNumber: number };
}

function purchaseOf(order: PurchaseReference): z.infer<typeof purchaseVariables> {
  return { ...dataOf(order), total: order.total, ...nameListings(order.listings) };
}
