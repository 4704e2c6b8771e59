import type { Clock } from '@souk/shared/clock';
import { Unavailable } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { AccountPort } from './domain/account-port.js';
import type { CatalogPort } from './domain/catalog-port.js';
import { ticketCalendar } from './domain/ticket/ticket-calendar.js';
import type { TicketContent } from './domain/ticket/ticket-content.js';
import { readTicket } from './domain/ticket/ticket-content.js';
import type { TicketLinks } from './domain/ticket/ticket-link.js';
import { ticketPdf } from './domain/ticket/ticket-pdf.js';
import { ticketStateOf } from './domain/ticket/ticket-state.js';
import type { TokenSigner } from './domain/token/token-signer.js';
import { TokenEntity } from './entities/token.js';

/** Collaborators of the files of tokens. */
export interface TicketFilesOptions {
  manager: EntityManager;
  catalog: Pick<CatalogPort, 'findAdmission'>;
  account: Pick<AccountPort, 'findDisplayName'>;
  signer: TokenSigner;
  links: TicketLinks;
  clock: Clock;
  /** The origin at which clients reach the gateway. */
  publicUrl: string;
}

/** Makes the files of purchase tokens for those who have a link. */
export class TicketFiles {
  readonly #options: TicketFilesOptions;

  constructor(options: TicketFilesOptions) {
    this.#options = options;
  }

  /**
   * The printable ticket; null for a link that opens nothing.
   * @param languages of the reader, for holders whose language order does not know
   * @throws Unavailable while catalog does not answer
   */
  async pdf(link: string, languages: readonly string[]): Promise<Buffer | null> {
    const opened = await this.#open(link, languages);
    if (!opened) return null;
    const payload = await this.#options.signer.sign(opened.token);
    return ticketPdf(opened.content, { payload });
  }

  /** The token's event or departure as iCalendar; null also for tokens without one. @throws Unavailable as `pdf` */
  async calendar(link: string, languages: readonly string[]): Promise<string | null> {
    const opened = await this.#open(link, languages);
    const { publicUrl, clock } = this.#options;
    return opened && ticketCalendar(opened.content, new URL(publicUrl).hostname, clock.now());
  }

  async #open(
    link: string,
    languages: readonly string[],
  ): Promise<{ token: TokenEntity; content: TicketContent } | null> {
    const { manager, links, clock, catalog, account } = this.#options;
    const id = links.readTokenId(link);
    const token = id === null ? null : await manager.findOneBy(TokenEntity, { id });
    if (!token || !links.isValid(link, token)) return null;
    const state = ticketStateOf(token, clock.now());
    if (state === 'REVOKED') return null;
    const [sold, admission, holderName] = await Promise.all([
      readTicket(manager, token),
      catalog.findAdmission(token),
      account.findDisplayName(token.holderId).catch((error: unknown) => {
        // A ticket without a name admits as well.
        if (error instanceof Unavailable) return null;
        throw error;
      }),
    ]);
    const { title, orderNumber } = sold;
    const locale = sold.locale ?? languages[0] ?? 'en';
    return { token, content: { token, state, title, orderNumber, holderName, admission, locale } };
  }
}
