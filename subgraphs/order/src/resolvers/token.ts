import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import type { ticketPaths } from '../domain/ticket/ticket-link.js';
import type { TokenEntity } from '../entities/token.js';
import type { Resolvers } from '../generated/resolvers.js';
import { requireReadAccess, requireTokenReadAccess, canRead, canReadToken, userOf } from './access.js';

/** Resolvers of purchase tokens. */
export const tokenResolvers: Resolvers = {
  Query: {
    purchaseToken: (_root, { code }, context) => findToken('code', code, context),
    tokenVerificationKeys: (_root, _arguments, { tokenSigner }) => tokenSigner.keySet,
  },
  PurchaseToken: {
    __resolveReference: (reference, context) => {
      if (!('code' in reference)) return findToken('id', reference.id, context);
      return reference.code === null ? null : findToken('code', reference.code, context);
    },
    id: (token) => toApiId('token', token.id),
    code: async (token, _arguments, context) => {
      await requireTokenReadAccess(context, token);
      return token.code;
    },
    holder: (token) => userOf(token.holderId),
    offer: (token) => ({ id: toApiId('offer', token.offerId) }),
    listing: (token) => ({ id: toApiId('listing', token.listingId) }),
    seat: (token) => (token.seatId === null ? null : { id: toApiId('seat', token.seatId) }),
    order: async (token, _arguments, { identity, loaders }) => {
      const order = await loaders.orderById.load(token.orderId);
      if (!order) throw new Error(`There is no order ${token.orderId}.`);
      // The token's seller and scanners must not see the rest of the order.
      if (!canRead(identity, token.holderId)) requireReadAccess(identity, order.customerId);
      return order;
    },
    offeredTo: async (token, _arguments, { identity, loaders }) => {
      if (token.status !== 'TRANSFER_PENDING') return null;
      const recipient = await loaders.recipientOfToken.load(token.id);
      if (recipient === null) return null;
      return identity?.userId === recipient || canRead(identity, token.holderId) ? userOf(recipient) : null;
    },
    purchasePrice: ({ priceAmount, currency }) => ({ amount: priceAmount, currency }),
    signedPayload: async (token, _arguments, context) => {
      await requireTokenReadAccess(context, token);
      return context.tokenSigner.sign(token);
    },
    qrCode: async (token, _arguments, context) => {
      await requireTokenReadAccess(context, token);
      return context.tokenSigner.qrCode(token);
    },
    ticketPdfUrl: (token, _arguments, context) => ticketUrl(token, 'pdf', context),
    calendarUrl: (token, _arguments, context) =>
      token.kind === 'LICENCE' ? null : ticketUrl(token, 'calendar', context),
  },
};

/** The link to a file of a token, for those who may pass it on. */
function ticketUrl(
  token: TokenEntity,
  file: keyof typeof ticketPaths,
  { identity, ticketLinks }: Context,
): string | null {
  const isOpen = token.status !== 'REVOKED' && canRead(identity, token.holderId);
  return isOpen ? ticketLinks.urlOf(token, file) : null;
}

async function findToken(key: 'id' | 'code', value: string, context: Context): Promise<TokenEntity | null> {
  const { loaders } = context;
  const id = key === 'id' ? fromApiId('token', value) : null;
  if (key === 'id' && id === null) return null;
  const found = await (id === null ? loaders.tokenByCode.load(value) : loaders.tokenById.load(id));
  return found && (await canReadToken(context, found)) ? found : null;
}

/** Returns a token as it is after a mutation. */
export async function readTokenAgain({ id }: TokenEntity, { loaders }: Context): Promise<TokenEntity | null> {
  return loaders.tokenById.clear(id).load(id);
}
