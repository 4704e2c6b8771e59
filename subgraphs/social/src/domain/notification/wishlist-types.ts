import { money } from '@souk/shared/contracts/values';
import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { z } from 'zod';
import { shorten } from './listing-names.js';
import type { BuiltInLocale, NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

const offerVariables = {
  listingId: z.string(),
  offerId: z.string(),
  /** The title of the listing, shortened. */
  listing: z.string(),
  /** The title of the offer, shortened; that of the listing if the offer has no other. */
  offer: z.string(),
};

const sampleOffer = {
  listingId: 'listing_01jz0000000000000000000000',
  offerId: 'offer_01jz0000000000000000000000',
  listing: 'Old town at dusk',
  offer: 'Friday evening',
};

/** Liquid that names the listing, and the offer if it has a title of its own. */
const named: Readonly<Record<BuiltInLocale, string>> = {
  en: name('“', '”'),
  de: name('„', '“'),
  pt: name('“', '”'),
  fr: name('« ', ' »'),
};

function name(open: string, close: string): string {
  return `${open}{{ listing }}${close}{% if offer != listing %} ({{ offer }}){% endif %}`;
}

const price = '{{ price | money }}';
const previous = '{{ previousPrice | money }}';

/** An offer of a listing on the recipient's wishlist has units again. */
export const backInStockType = defineType({
  ...ordinary,
  name: 'BACK_IN_STOCK',
  purpose: 'An offer of a listing on the recipient’s wishlist can be bought again.',
  variables: z.object(offerVariables),
  sample: sampleOffer,
  isDigested: true,
  text: {
    en: {
      subject: '“{{ listing }}” is available again',
      body: `${named.en} can be bought again. It is on your wishlist.`,
    },
    de: {
      subject: '„{{ listing }}“ ist wieder da',
      body: `${named.de} ist wieder erhältlich. Du hast es auf deiner Wunschliste.`,
    },
    pt: {
      subject: '“{{ listing }}” está novamente disponível',
      body: `Já pode comprar novamente ${named.pt}. Está na sua lista de desejos.`,
    },
    fr: {
      subject: '« {{ listing }} » est de nouveau disponible',
      body: `Vous pouvez de nouveau acheter ${named.fr}, de votre liste d’envies.`,
    },
  },
});

/** An offer of a listing on the recipient's wishlist costs less. */
export const priceDroppedType = defineType({
  ...ordinary,
  name: 'PRICE_DROPPED',
  purpose: 'An offer of a listing on the recipient’s wishlist has a lower price.',
  variables: z.object({ ...offerVariables, price: money, previousPrice: money }),
  sample: {
    ...sampleOffer,
    price: { amount: 1_900, currency: 'EUR' },
    previousPrice: { amount: 2_500, currency: 'EUR' },
  },
  isDigested: true,
  text: {
    en: {
      subject: '“{{ listing }}” has a lower price',
      body: `${named.en} costs ${price} now, instead of ${previous}. It is on your wishlist.`,
    },
    de: {
      subject: '„{{ listing }}“ ist günstiger geworden',
      body: `${named.de} kostet jetzt ${price} statt ${previous}. Du hast es auf deiner Wunschliste.`,
    },
    pt: {
      subject: '“{{ listing }}” está mais barato',
      body: `${named.pt} custa agora ${price} em vez de ${previous}. Está na sua lista de desejos.`,
    },
    fr: {
      subject: '« {{ listing }} » a baissé de prix',
      body: `${named.fr}, de votre liste d’envies, coûte maintenant ${price} au lieu de ${previous}.`,
    },
  },
});

/** An offer of a listing. Ids are UUIDs. */
interface NamedOffer {
  listingId: string;
  offerId: string;
  title: string;
  listingTitle: string;
}

/** For people who have the listing on their wishlist. */
export function backInStock(offer: NamedOffer): NotificationContent {
  const data = dataOf(offer);
  return contentOf(backInStockType, { ...data, ...titlesOf(offer) }, data);
}

/** For people who have the listing on their wishlist. */
export function priceDropped(
  offer: NamedOffer & { price: Money; previousPrice: Money },
): NotificationContent {
  const data = dataOf(offer);
  const { price: now, previousPrice } = offer;
  return contentOf(priceDroppedType, { ...data, ...titlesOf(offer), price: now, previousPrice }, data);
}

function dataOf({ listingId, offerId }: NamedOffer): { listingId: string; offerId: string } {
  return { listingId: toApiId('listing', listingId), offerId: toApiId('offer', offerId) };
}

function titlesOf({ title, listingTitle }: NamedOffer): { listing: string; offer: string } {
  return { listing: shorten(listingTitle), offer: shorten(title) };
}
