import { toApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType } from './notification-type.js';

const defaults = { channels: ['IN_APP', 'EMAIL'], isOptional: true, secret: null } as const;

/** The recipient may sell. */
export const partnerVerifiedType = defineType({
  ...defaults,
  name: 'PARTNER_VERIFIED',
  purpose: 'The recipient’s partner was verified.',
  variables: z.object({ partnerId: z.string() }),
  sample: { partnerId: 'partner_01jz0000000000000000000000' },
  text: {
    en: { subject: 'You can sell now', body: 'Your partner account was verified. Sign in again to sell.' },
    de: {
      subject: 'Du kannst jetzt verkaufen',
      body: 'Dein Partnerkonto wurde bestätigt. Melde dich neu an, um zu verkaufen.',
    },
    pt: {
      subject: 'Já pode vender',
      body: 'A sua conta de parceiro foi verificada. Inicie sessão de novo para vender.',
    },
    fr: {
      subject: 'Vous pouvez vendre',
      body: 'Votre compte partenaire a été vérifié. Reconnectez-vous pour vendre.',
    },
  },
});

const refusalVariables = z.object({
  partnerId: z.string(),
  /** The administrator's text; empty without one. */
  reason: z.string(),
  /** Whether a partner that sold was suspended; false: it was rejected. */
  isSuspended: z.boolean(),
});
const because = (word: string): string => `{% if reason != "" %}\n\n${word}: {{ reason }}{% endif %}`;
const either = (suspended: string, rejected: string): string =>
  `{% if isSuspended %}${suspended}{% else %}${rejected}{% endif %}`;

/** The recipient may not sell, or not any more. */
export const partnerRejectedType = defineType({
  ...defaults,
  name: 'PARTNER_REJECTED',
  purpose: 'The recipient’s partner was rejected or suspended.',
  variables: refusalVariables,
  sample: {
    partnerId: 'partner_01jz0000000000000000000000',
    reason: 'The tax number is missing.',
    isSuspended: false,
  },
  text: {
    en: {
      subject: either('Your partner account was suspended', 'Your partner account was not verified'),
      body: `${either('Your offers are not on sale any more.', 'You cannot sell yet.')}${because('Reason')}`,
    },
    de: {
      subject: either('Dein Partnerkonto wurde gesperrt', 'Dein Partnerkonto wurde nicht bestätigt'),
      body: `${either('Deine Angebote sind nicht mehr im Verkauf.', 'Du kannst noch nicht verkaufen.')}${because('Grund')}`,
    },
    pt: {
      subject: either('A sua conta de parceiro foi suspensa', 'A sua conta de parceiro não foi verificada'),
      body: `${either('As suas ofertas já não estão à venda.', 'Ainda não pode vender.')}${because('Motivo')}`,
    },
    fr: {
      subject: either(
        'Votre compte partenaire a été suspendu',
        'Votre compte partenaire n’a pas été vérifié',
      ),
      body: `${either('Vos offres ne sont plus en vente.', 'Vous ne pouvez pas encore vendre.')}${because('Motif')}`,
    },
  },
});

/** For the owner of a partner whose status changed; null for a status that the owner is not notified of. */
export function partnerStatusNotice(change: {
  partnerId: string;
  status: string;
  reason: string | null;
}): NotificationContent | null {
  const data = { partnerId: toApiId('partner', change.partnerId) };
  switch (change.status) {
    case 'VERIFIED':
      return contentOf(partnerVerifiedType, data, data);
    case 'REJECTED':
    case 'SUSPENDED': {
      const isSuspended = change.status === 'SUSPENDED';
      return contentOf(partnerRejectedType, { ...data, reason: change.reason ?? '', isSuspended }, data);
    }
    default:
      return null;
  }
}
