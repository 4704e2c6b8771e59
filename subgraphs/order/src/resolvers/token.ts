import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import type { TokenEntity } from '../entities/token.js';
import type { Resolvers } from '../generated/resolvers.js';
import { assertMayReadToken, mayReadToken, userOf } from './access.js';

/** Purchase tokens. */
export const tokenResolvers: Required<Pick<Resolvers, 'PurchaseToken'>> & {
  Query: Pick<NonNullable<Resolvers['Query']>, 'purchaseToken' | 'tokenVerificationKeys'>;
} = {
  Query: {
    purchaseToken: (_root, { code }, context) => findToken('code', code, context),
    tokenVerificationKeys: (_root, _arguments, { tokenSigner }) => tokenSigner.keySet,
  },
  PurchaseToken: {
    __resolveReference: (reference, context) =>
      'code' in reference
        ? findToken('code', reference.code, context)
        : findToken('id', reference.id, context),
    id: (token) => toApiId('token', token.id),
    code: (token, _arguments, { identity }) => {
      assertMayReadToken(identity, token);
      return token.code;
    },
    holder: (token) => userOf(token.holderId),
    offer: (token) => ({ id: toApiId('offer', token.offerId) }),
    listing: (token) => ({ id: toApiId('listing', token.listingId) }),
    seat: (token) => (token.seatId === null ? null : { id: toApiId('seat', token.seatId) }),
    order: async (token, _arguments, { loaders }) => {
      const order = await loaders.orderById.load(token.orderId);
      if (!order) throw new Error(`There is no order ${token.orderId}.`);
      return order;
    },
    purchasePrice: ({ priceAmount, currency }) => ({ amount: priceAmount, currency }),
    signedPayload: (token, _arguments, { identity, tokenSigner }) => {
      assertMayReadToken(identity, token);
      return tokenSigner.sign(token);
    },
    qrCode: (token, _arguments, { identity, tokenSigner }) => {
      assertMayReadToken(identity, token);
      return tokenSigner.qrCode(token);
    },
  },
};

async function findToken(
  key: 'id' | 'code',
  value: string,
  { loaders, identity }: Context,
): Promise<TokenEntity | null> {
  const id = key === 'id' ? fromApiId('token', value) : null;
  if (key === 'id' && id === null) return null;
  const found = await (id === null ? loaders.tokenByCode.load(value) : loaders.tokenById.load(id));
  return found && mayReadToken(identity, found) ? found : null;
}
