import { toApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

/** The platform's share in percent: the divisor keeps fractions. */
const share = '{{ commissionBasisPoints | divided_by: 100.0 }} %';
const changedOr = (changed: string, verified: string): string =>
  `{% if isChange %}${changed}{% else %}${verified}{% endif %}`;

/** The recipient may sell, or sells with another commission from now on. */
export const partnerVerifiedType = defineType({
  ...ordinary,
  name: 'PARTNER_VERIFIED',
  purpose: 'The recipient’s partner was verified, or has another commission.',
  variables: z.object({
    partnerId: z.string(),
    /** The platform's commission on sales in hundredths of a percent. */
    commissionBasisPoints: z.int(),
    /** Whether the partner was verified before, and the commission changed. */
    isChange: z.boolean(),
  }),
  sample: { partnerId: 'partner_01jz0000000000000000000000', commissionBasisPoints: 1250, isChange: false },
  text: {
    en: {
      subject: changedOr('Your commission has changed', 'You can sell now'),
      body: changedOr(
        `The commission on your sales is ${share} from now on.`,
        `Your partner account was verified. Sign in again to sell. The commission on your sales is ${share}.`,
      ),
    },
    de: {
      subject: changedOr('Deine Provision hat sich geändert', 'Du kannst jetzt verkaufen'),
      body: changedOr(
        `Die Provision auf deine Verkäufe beträgt ab jetzt ${share}.`,
        `Dein Partnerkonto wurde bestätigt. Melde dich neu an, um zu verkaufen. Die Provision auf deine Verkäufe beträgt ${share}.`,
      ),
    },
    pt: {
      subject: changedOr('A sua comissão mudou', 'Já pode vender'),
      body: changedOr(
        `A comissão sobre as suas vendas é de ${share} a partir de agora.`,
        `A sua conta de parceiro foi verificada. Inicie sessão de novo para vender. A comissão sobre as suas vendas é de ${share}.`,
      ),
    },
    fr: {
      subject: changedOr('Votre commission a changé', 'Vous pouvez vendre'),
      body: changedOr(
        `La commission sur vos ventes est désormais de ${share}.`,
        `Votre compte partenaire a été vérifié. Reconnectez-vous pour vendre. La commission sur vos ventes est de ${share}.`,
      ),
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
  ...ordinary,
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

/** For the owner of a partner that changed; null for a change that the owner is not notified of. */
export function partnerStatusNotice(change: {
  partnerId: string;
  status: string;
  previousStatus: string | null;
  commissionBasisPoints: number | null;
  reason: string | null;
}): NotificationContent | null {
  const data = { partnerId: toApiId('partner', change.partnerId) };
  const isChange = change.status === change.previousStatus;
  switch (change.status) {
    case 'VERIFIED': {
      const commissionBasisPoints = change.commissionBasisPoints ?? 0;
      return contentOf(partnerVerifiedType, { ...data, commissionBasisPoints, isChange }, data);
    }
    case 'REJECTED':
    case 'SUSPENDED': {
      if (isChange) return null;
      const isSuspended = change.status === 'SUSPENDED';
      return contentOf(partnerRejectedType, { ...data, reason: change.reason ?? '', isSuspended }, data);
    }
    default:
      return null;
  }
}
