import { toApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { NamedListing } from './listing-names.js';
import { boughtListings, listingNames, nameListings, sampleListings } from './listing-names.js';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

const tracking = (word: string): string =>
  `{% if trackingNumber != "" %}\n\n${word}: {{ trackingNumber }}{% endif %}{% if trackingUrl != "" %}\n\n{{ trackingUrl }}{% endif %}`;

/** A parcel of the recipient's order is on its way. */
export const orderShippedType = defineType({
  ...ordinary,
  name: 'ORDER_SHIPPED',
  purpose: 'Items of the order were shipped.',
  variables: z.object({
    orderId: z.string(),
    orderNumber: z.string(),
    ...listingNames,
    carrier: z.string(),
    /** Empty without one. */
    trackingNumber: z.string(),
    /** The carrier's page about the parcel; empty if none is known. */
    trackingUrl: z.string(),
  }),
  sample: {
    orderId: 'order_01jz0000000000000000000000',
    orderNumber: 'S-7K2M9QXW',
    ...sampleListings,
    carrier: 'DHL',
    trackingNumber: 'JD014600003828',
    trackingUrl: 'https://www.dhl.com/global-en/home/tracking.html?submit=1&tracking-id=JD014600003828',
  },
  text: {
    en: {
      subject: 'Your order {{ orderNumber }} is on its way',
      body: `Shipped with {{ carrier }}: ${boughtListings.en}.${tracking('Tracking number')}`,
    },
    de: {
      subject: 'Deine Bestellung {{ orderNumber }} ist unterwegs',
      body: `Versendet mit {{ carrier }}: ${boughtListings.de}.${tracking('Sendungsnummer')}`,
    },
    pt: {
      subject: 'A sua encomenda {{ orderNumber }} está a caminho',
      body: `Enviado por {{ carrier }}: ${boughtListings.pt}.${tracking('Número de seguimento')}`,
    },
    fr: {
      subject: 'Votre commande {{ orderNumber }} est en route',
      body: `Expédié par {{ carrier }} : ${boughtListings.fr}.${tracking('Numéro de suivi')}`,
    },
  },
});

/** A shipment that a notification is about. */
export interface ShipmentReference {
  /** UUID. */
  orderId: string;
  orderNumber: string;
  /** UUID. */
  shipmentId: string;
  carrier: string;
  trackingNumber: string | null;
  trackingUrl: string | null;
  listings: readonly NamedListing[];
}

/** For the buyer of shipped items. */
export function orderShipped(shipment: ShipmentReference): NotificationContent {
  const { orderNumber, carrier, trackingNumber, trackingUrl, listings } = shipment;
  const data = { orderId: toApiId('order', shipment.orderId), orderNumber };
  const variables = {
    ...data,
    ...nameListings(listings),
    carrier,
    trackingNumber: trackingNumber ?? '',
    trackingUrl: trackingUrl ?? '',
  };
  return contentOf(orderShippedType, variables, {
    ...data,
    shipmentId: toApiId('shipment', shipment.shipmentId),
  });
}
