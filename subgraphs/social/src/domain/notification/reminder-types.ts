import { money } from '@souk/shared/contracts/values';
import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { z } from 'zod';
import { shorten } from './listing-names.js';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

const sampleListing = 'listing_01jz0000000000000000000000';
const expiry = '{{ expiresAt | datetime }}';
const total = '{{ total | money }}';
const holdEnd = '{{ heldUntil | datetime }}';
/** As clocks at the place show it, where its zone is known. */
const start = '{{ startsAt | datetime: timeZone }}';

/** An order that its buyer pays by hand is not paid yet. Urgent: it expires. */
export const paymentDueType = defineType({
  ...ordinary,
  name: 'PAYMENT_DUE',
  purpose:
    'An order that the recipient pays by hand, by a transfer for example, is not paid yet and expires soon.',
  variables: z.object({
    orderId: z.string(),
    checkoutId: z.string(),
    orderNumber: z.string(),
    total: money,
    expiresAt: z.string(),
  }),
  sample: {
    orderId: 'order_01jz0000000000000000000000',
    checkoutId: 'checkout_01jz0000000000000000000000',
    orderNumber: 'S-ABCDEFGH',
    total: { amount: 4_900, currency: 'EUR' },
    expiresAt: '2026-12-01T19:00:00.000Z',
  },
  isUrgent: true,
  text: {
    en: {
      subject: 'Your order {{ orderNumber }} waits for your payment',
      body: `We have not received ${total} for order {{ orderNumber }} yet. Without your payment the order ends on ${expiry}. If you have paid, you need not do anything.`,
    },
    de: {
      subject: 'Deine Bestellung {{ orderNumber }} wartet auf deine Zahlung',
      body: `Für die Bestellung {{ orderNumber }} sind ${total} noch nicht bei uns eingegangen. Ohne deine Zahlung endet sie am ${expiry}. Wenn du schon bezahlt hast, musst du nichts tun.`,
    },
    pt: {
      subject: 'A sua encomenda {{ orderNumber }} aguarda o pagamento',
      body: `Ainda não recebemos ${total} da encomenda {{ orderNumber }}. Sem o pagamento, a encomenda termina a ${expiry}. Se já pagou, não precisa de fazer nada.`,
    },
    fr: {
      subject: 'Votre commande {{ orderNumber }} attend votre paiement',
      body: `Nous n’avons pas encore reçu ${total} pour la commande {{ orderNumber }}. Sans paiement, elle prendra fin le ${expiry}. Si vous avez déjà payé, vous n’avez rien à faire.`,
    },
  },
});

/** Seats that the recipient holds become free soon. Urgent: a few minutes are left. */
export const seatHoldEndingType = defineType({
  ...ordinary,
  name: 'SEAT_HOLD_ENDING',
  purpose: 'A hold of the recipient’s seats ends within three minutes.',
  variables: z.object({
    listingId: z.string(),
    /** The title of the event, shortened. */
    listing: z.string(),
    seats: z.int().min(1),
    heldUntil: z.string(),
  }),
  sample: {
    listingId: sampleListing,
    listing: 'Night of the lamps',
    seats: 2,
    heldUntil: '2026-12-01T19:00:00.000Z',
  },
  isUrgent: true,
  text: {
    en: {
      subject: 'Your seats for “{{ listing }}” are held for a few more minutes',
      body: `{% if seats == 1 %}One seat{% else %}{{ seats }} seats{% endif %} for “{{ listing }}” will be free for others on ${holdEnd}, unless you check out before.`,
    },
    de: {
      subject: 'Deine Plätze für „{{ listing }}“ sind noch wenige Minuten reserviert',
      body: `{% if seats == 1 %}Ein Platz wird{% else %}{{ seats }} Plätze werden{% endif %} für „{{ listing }}“ am ${holdEnd} für andere frei, wenn du nicht vorher bestellst.`,
    },
    pt: {
      subject: 'Os seus lugares para “{{ listing }}” estão reservados por mais alguns minutos',
      body: `{% if seats == 1 %}Um lugar{% else %}{{ seats }} lugares{% endif %} para “{{ listing }}” {% if seats == 1 %}ficará livre{% else %}ficarão livres{% endif %} para outros a ${holdEnd}, se não concluir a compra antes.`,
    },
    fr: {
      subject: 'Vos places pour « {{ listing }} » sont réservées encore quelques minutes',
      body: `{% if seats == 1 %}Une place sera libérée{% else %}{{ seats }} places seront libérées{% endif %} pour « {{ listing }} » le ${holdEnd}, si vous ne passez pas commande avant.`,
    },
  },
});

/** An event or a departure for which the recipient has a token takes place the next day. */
export const eventReminderType = defineType({
  ...ordinary,
  name: 'EVENT_REMINDER',
  purpose: 'An event or a departure for which the recipient has a token starts within a day.',
  variables: z.object({
    listingId: z.string(),
    /** The title of the event or tour, shortened. */
    listing: z.string(),
    startsAt: z.string(),
    /** The IANA zone of the place; empty if it is unknown. */
    timeZone: z.string(),
  }),
  sample: {
    listingId: sampleListing,
    listing: 'Night of the lamps',
    startsAt: '2026-12-01T19:00:00.000Z',
    timeZone: 'Europe/Lisbon',
  },
  text: {
    en: {
      subject: '“{{ listing }}” starts soon',
      body: `“{{ listing }}” starts on ${start}. You find your ticket among your orders.`,
    },
    de: {
      subject: '„{{ listing }}“ beginnt bald',
      body: `„{{ listing }}“ beginnt am ${start}. Dein Ticket findest du bei deinen Bestellungen.`,
    },
    pt: {
      subject: '“{{ listing }}” começa em breve',
      body: `“{{ listing }}” começa a ${start}. Encontra o seu bilhete nas suas encomendas.`,
    },
    fr: {
      subject: '« {{ listing }} » commence bientôt',
      body: `« {{ listing }} » commence le ${start}. Vous trouverez votre billet dans vos commandes.`,
    },
  },
});

/** For the buyer of an order that waits for a payment. Ids are UUIDs. */
export function paymentDue(order: {
  orderId: string;
  checkoutId: string;
  orderNumber: string;
  total: Money;
  expiresAt: string;
}): NotificationContent {
  const { orderNumber, total: amount, expiresAt } = order;
  const data = {
    orderId: toApiId('order', order.orderId),
    checkoutId: toApiId('checkout', order.checkoutId),
  };
  return contentOf(paymentDueType, { ...data, orderNumber, total: amount, expiresAt }, data);
}

/** For the holder of seats. Ids are UUIDs. */
export function seatHoldEnding(hold: {
  listingId: string;
  title: string;
  seatIds: readonly string[];
  heldUntil: string;
}): NotificationContent {
  const listingId = toApiId('listing', hold.listingId);
  const { heldUntil, seatIds } = hold;
  return contentOf(
    seatHoldEndingType,
    { listingId, listing: shorten(hold.title), seats: seatIds.length, heldUntil },
    { listingId, seatIds: seatIds.map((id) => toApiId('seat', id)) },
  );
}

/** For the holders of tokens. The id is a UUID. */
export function eventReminder(event: {
  listingId: string;
  title: string;
  startsAt: string;
  timeZone: string | null;
}): NotificationContent {
  const data = { listingId: toApiId('listing', event.listingId), startsAt: event.startsAt };
  const variables = { ...data, listing: shorten(event.title), timeZone: event.timeZone ?? '' };
  return contentOf(eventReminderType, variables, data);
}
