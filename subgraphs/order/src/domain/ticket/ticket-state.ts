import type { TokenEntity } from '../../entities/token.js';

/** The state of a ticket for those who look at its files: only a VALID one shows its QR code. */
export type TicketState = 'VALID' | 'REDEEMED' | 'OFFERED' | 'EXPIRED' | 'REVOKED';

/** The state of a token's ticket now. */
export function ticketStateOf(token: Pick<TokenEntity, 'status' | 'validUntil'>, now: Date): TicketState {
  switch (token.status) {
    case 'REDEEMED':
    case 'REVOKED':
      return token.status;
    case 'TRANSFER_PENDING':
      return 'OFFERED';
    case 'ACTIVE':
      return token.validUntil !== null && token.validUntil <= now ? 'EXPIRED' : 'VALID';
  }
}
