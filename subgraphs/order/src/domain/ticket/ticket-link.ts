import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '@souk/shared/auth/authenticated-encryption';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { TokenEntity } from '../../entities/token.js';

/** Paths of a token's files, below the gateway's origin. */
export const ticketPaths = { pdf: '/tickets/ticket.pdf', calendar: '/tickets/event.ics' } as const;

/** Where clients reach the gateway unless it is configured. */
export const defaultPublicUrl = 'http://localhost:4000';

type LinkedToken = Pick<TokenEntity, 'id' | 'code'>;

/**
 * Makes and verifies the links to a token's files, which need no login. A link is signed for the token's present code: it
 * cannot be guessed, is stored nowhere, and ends when the token changes hands.
 */
export class TicketLinks {
  readonly #key: Buffer;
  readonly #publicUrl: string;

  /**
   * @param secret GATEWAY_SECRET; null is a key that everybody knows. Links made with another secret do not work.
   * @param publicUrl the origin at which clients reach the gateway
   */
  constructor(secret: string | null, publicUrl: string) {
    this.#key = deriveKey(secret ?? '', 'souk ticket links');
    this.#publicUrl = publicUrl;
  }

  /** The link to a file of a token. */
  urlOf(token: LinkedToken, file: keyof typeof ticketPaths): string {
    const link = `${toApiId('token', token.id)}.${this.#sign(token).toString('base64url')}`;
    return `${this.#publicUrl}${ticketPaths[file]}?token=${link}`;
  }

  /** The token (UUID) that a link's parameter names, not verified; null if it names none. */
  readTokenId(link: string): string | null {
    return fromApiId('token', link.split('.')[0] ?? '');
  }

  /** Whether a link's parameter was made for this token and its present code. */
  isValid(link: string, token: LinkedToken): boolean {
    const given = Buffer.from(link.split('.')[1] ?? '', 'base64url');
    const expected = this.#sign(token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #sign({ id, code }: LinkedToken): Buffer {
    return createHmac('sha256', this.#key).update(`${id}/${code}`).digest();
  }
}
