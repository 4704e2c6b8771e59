import { toApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { NamedListing } from './listing-names.js';
import { boughtListings, listingNames, nameListings, sampleListings } from './listing-names.js';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

const sampleUser = 'user_01jz0000000000000000000000';

/** A new follower. Social publishes no names of others; clients look them up by the id in `data`. */
export const newFollowerType = defineType({
  name: 'NEW_FOLLOWER',
  purpose: 'Somebody follows the recipient.',
  variables: z.object({ userId: z.string() }),
  sample: { userId: sampleUser },
  channels: ['IN_APP', 'EMAIL'],
  isOptional: true,
  isDigested: true,
  secret: null,
  text: {
    en: { subject: 'You have a new follower', body: 'Someone started following you.' },
    de: { subject: 'Du hast einen neuen Follower', body: 'Jemand folgt dir jetzt.' },
    pt: { subject: 'Tem um novo seguidor', body: 'Alguém começou a segui-lo.' },
    fr: { subject: 'Vous avez un nouvel abonné', body: 'Quelqu’un a commencé à vous suivre.' },
  },
});

/** A purchase of a person whom the recipient follows. In the app only: one purchase may have 10,000 recipients. */
export const followedPurchasedType = defineType({
  name: 'FOLLOWED_PURCHASED',
  purpose: 'Somebody whom the recipient follows bought something.',
  variables: z.object({ userId: z.string(), ...listingNames }),
  sample: { userId: sampleUser, ...sampleListings },
  channels: ['IN_APP'],
  isOptional: true,
  isDigested: true,
  secret: null,
  text: {
    en: { subject: 'Someone you follow made a purchase', body: `They bought ${boughtListings.en}.` },
    de: {
      subject: 'Jemand, dem du folgst, hat etwas gekauft',
      body: `Gekauft wurde ${boughtListings.de}.`,
    },
    pt: { subject: 'Alguém que segue fez uma compra', body: `Comprou ${boughtListings.pt}.` },
    fr: {
      subject: 'Une personne que vous suivez a fait un achat',
      body: `Elle a acheté ${boughtListings.fr}.`,
    },
  },
});

/** A text of an administrator, as it was written. */
export const announcementType = defineType({
  ...ordinary,
  name: 'ANNOUNCEMENT',
  purpose: 'A text of an administrator (announce).',
  variables: z.object({ title: z.string(), body: z.string() }),
  sample: { title: 'New tours', body: 'Six tours along the coast are on sale now.' },
  text: {
    en: { subject: '{{ title }}', body: '{{ body }}' },
    de: { subject: '{{ title }}', body: '{{ body }}' },
    pt: { subject: '{{ title }}', body: '{{ body }}' },
    fr: { subject: '{{ title }}', body: '{{ body }}' },
  },
});

/** For a user with a new follower. */
export function newFollower(followerId: string): NotificationContent {
  const data = { userId: toApiId('user', followerId) };
  return contentOf(newFollowerType, data, data);
}

/** For a follower of the buyer. Omits the order, which is private to the buyer. */
export function followedPurchased(buyerId: string, listings: readonly NamedListing[]): NotificationContent {
  const userId = toApiId('user', buyerId);
  return contentOf(
    followedPurchasedType,
    { userId, ...nameListings(listings) },
    { userId, listingIds: listings.map((listing) => toApiId('listing', listing.id)) },
  );
}
