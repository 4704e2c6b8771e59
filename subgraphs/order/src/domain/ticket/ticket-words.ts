import type { TokenKind } from '../../entities/token.js';

/** The words of a ticket in one language. */
export interface TicketWords {
  kinds: Readonly<Record<TokenKind, string>>;
  code: string;
  when: string;
  where: string;
  seat: (section: string, row: string, number: string) => string;
  holder: string;
  order: string;
  validFrom: string;
  validUntil: string;
  redeemed: string;
  offered: string;
  expired: string;
  /** Below the QR code. */
  advice: string;
}

const en: TicketWords = {
  kinds: { TICKET: 'Ticket', TOUR: 'Tour token', LICENCE: 'License' },
  code: 'Code',
  when: 'When',
  where: 'Where',
  seat: (section, row, number) => `${section}, row ${row}, seat ${number}`,
  holder: 'Holder',
  order: 'Order',
  validFrom: 'Valid from',
  validUntil: 'Valid until',
  redeemed: 'Already redeemed',
  offered: 'Not valid now: it is offered to another person',
  expired: 'No longer valid',
  advice: 'The first person who shows this code is admitted. Do not publish it.',
};

const words: Readonly<Record<string, TicketWords>> = {
  en,
  de: {
    kinds: { TICKET: 'Ticket', TOUR: 'Tourgutschein', LICENCE: 'Lizenz' },
    code: 'Code',
    when: 'Wann',
    where: 'Wo',
    seat: (section, row, number) => `${section}, Reihe ${row}, Platz ${number}`,
    holder: 'Inhaber/in',
    order: 'Bestellung',
    validFrom: 'Gültig ab',
    validUntil: 'Gültig bis',
    redeemed: 'Bereits eingelöst',
    offered: 'Zurzeit nicht gültig: einer anderen Person angeboten',
    expired: 'Nicht mehr gültig',
    advice: 'Eingelassen wird, wer diesen Code zuerst vorzeigt. Veröffentliche ihn nicht.',
  },
  pt: {
    kinds: { TICKET: 'Bilhete', TOUR: 'Vale de visita', LICENCE: 'Licença' },
    code: 'Código',
    when: 'Quando',
    where: 'Onde',
    seat: (section, row, number) => `${section}, fila ${row}, lugar ${number}`,
    holder: 'Titular',
    order: 'Encomenda',
    validFrom: 'Válido a partir de',
    validUntil: 'Válido até',
    redeemed: 'Já utilizado',
    offered: 'Não é válido agora: foi oferecido a outra pessoa',
    expired: 'Já não é válido',
    advice: 'É admitida a primeira pessoa que mostrar este código. Não o publique.',
  },
  fr: {
    kinds: { TICKET: 'Billet', TOUR: 'Bon de visite', LICENCE: 'Licence' },
    code: 'Code',
    when: 'Quand',
    where: 'Où',
    seat: (section, row, number) => `${section}, rang ${row}, place ${number}`,
    holder: 'Titulaire',
    order: 'Commande',
    validFrom: 'Valable à partir du',
    validUntil: 'Valable jusqu’au',
    redeemed: 'Déjà utilisé',
    offered: 'Non valable pour le moment : proposé à une autre personne',
    expired: 'N’est plus valable',
    advice: 'La première personne qui montre ce code est admise. Ne le publiez pas.',
  },
};

/** The words for a BCP 47 tag, and the tag that times are written in: English for languages without words. */
export function ticketWordsFor(tag: string): { words: TicketWords; locale: string } {
  const [language = ''] = tag.toLowerCase().split('-');
  const found = Object.hasOwn(words, language) ? words[language] : undefined;
  return found ? { words: found, locale: tag } : { words: en, locale: 'en' };
}
