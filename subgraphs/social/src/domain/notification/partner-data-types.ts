import { toApiId } from '@souk/shared/ids';
import { z } from 'zod';
import type { NotificationContent } from './notification-type.js';
import { contentOf, defineType, ordinary } from './notification-type.js';

const samplePartner = { partnerId: 'partner_01jz0000000000000000000000', name: 'Harbour Books' };

const registered = (review: string, own: string): string =>
  `{% if isReview %}${review}{% else %}${own}{% endif %}`;

/** A partner waits for its verification: for the owner, and for the administrators, who verify it. */
export const partnerRegisteredType = defineType({
  ...ordinary,
  name: 'PARTNER_REGISTERED',
  purpose: 'The recipient registered a partner, or is an administrator and can verify it.',
  variables: z.object({
    partnerId: z.string(),
    /** Empty for administrators: the name of a person must not remain with others when the account is deleted. */
    name: z.string(),
    /** Whether the recipient is an administrator, who can verify the partner; false: the recipient registered it. */
    isReview: z.boolean(),
  }),
  sample: { ...samplePartner, isReview: false },
  text: {
    en: {
      subject: registered('A partner waits for its verification', 'Your partner account was registered'),
      body: registered(
        'A new partner was registered, and cannot sell before you verify it.',
        '“{{ name }}” was registered. You can sell as soon as it is verified.',
      ),
    },
    de: {
      subject: registered('Ein Partner wartet auf Bestätigung', 'Dein Partnerkonto wurde angelegt'),
      body: registered(
        'Ein neuer Partner wurde angelegt und kann erst verkaufen, wenn du ihn bestätigst.',
        '„{{ name }}“ wurde angelegt. Du kannst verkaufen, sobald das Konto bestätigt ist.',
      ),
    },
    pt: {
      subject: registered('Um parceiro aguarda verificação', 'A sua conta de parceiro foi registada'),
      body: registered(
        'Foi registado um novo parceiro, que só pode vender depois de o verificar.',
        '“{{ name }}” foi registado. Pode vender assim que a conta for verificada.',
      ),
    },
    fr: {
      subject: registered('Un partenaire attend sa vérification', 'Votre compte partenaire a été enregistré'),
      body: registered(
        'Un nouveau partenaire a été enregistré et ne peut vendre qu’après votre vérification.',
        '« {{ name }} » a été enregistré. Vous pourrez vendre dès que le compte sera vérifié.',
      ),
    },
  },
});

/** The data of a partner changed. The owner gets it also for a change of their own: a thief may have made it. */
export const partnerUpdatedType = defineType({
  ...ordinary,
  name: 'PARTNER_UPDATED',
  purpose: 'The data of the recipient’s partner were changed.',
  variables: z.object({ partnerId: z.string(), name: z.string() }),
  sample: samplePartner,
  text: {
    en: {
      subject: 'The data of your partner account were changed',
      body: 'The data of “{{ name }}” were changed. Contact us if you did not expect this.',
    },
    de: {
      subject: 'Die Angaben deines Partnerkontos wurden geändert',
      body: 'Die Angaben von „{{ name }}“ wurden geändert. Melde dich bei uns, wenn du das nicht erwartet hast.',
    },
    pt: {
      subject: 'Os dados da sua conta de parceiro foram alterados',
      body: 'Os dados de “{{ name }}” foram alterados. Contacte-nos se não esperava esta alteração.',
    },
    fr: {
      subject: 'Les données de votre compte partenaire ont été modifiées',
      body: 'Les données de « {{ name }} » ont été modifiées. Contactez-nous si ce n’était pas prévu.',
    },
  },
});

/** A partner as the events of account name it. */
interface NamedPartner {
  partnerId: string;
  name: string;
}

/** For the owner of a new partner, or for those who can verify it. */
export function partnerRegistered({ partnerId, name }: NamedPartner, isReview: boolean): NotificationContent {
  const data = { partnerId: toApiId('partner', partnerId) };
  return contentOf(partnerRegisteredType, { ...data, name: isReview ? '' : name, isReview }, data);
}

/** For the owner of a partner whose data changed. */
export function partnerUpdated({ partnerId, name }: NamedPartner): NotificationContent {
  const data = { partnerId: toApiId('partner', partnerId) };
  return contentOf(partnerUpdatedType, { ...data, name }, data);
}
