import { toApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

/** Another user offers the recipient a purchase token. Its code is not in the message: accepting gives it a new one. */
export const tokenOfferedType = defineType({
  ...ordinary,
  name: 'TOKEN_OFFERED',
  purpose: 'A purchase token is offered to the recipient.',
  variables: z.object({ tokenId: z.string(), title: z.string() }),
  sample: { tokenId: 'token_01jz0000000000000000000000', title: 'Night of the lamps: Standing' },
  text: {
    en: {
      subject: 'You have been offered a ticket',
      body: '“{{ title }}” is yours as soon as you accept it.',
    },
    de: {
      subject: 'Dir wird ein Ticket angeboten',
      body: '„{{ title }}“ gehört dir, sobald du es annimmst.',
    },
    pt: {
      subject: 'Foi-lhe oferecido um bilhete',
      body: '“{{ title }}” é seu assim que o aceitar.',
    },
    fr: {
      subject: 'Un billet vous est proposé',
      body: '« {{ title }} » est à vous dès que vous l’acceptez.',
    },
  },
});

/** For the user to whom a token (UUID) is offered. */
export function tokenOffered(tokenId: string, title: string): NotificationContent {
  const data = { tokenId: toApiId('token', tokenId) };
  return contentOf(tokenOfferedType, { ...data, title }, data);
}
