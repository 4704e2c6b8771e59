import { z } from 'zod';
import { Rejection } from '@souk/shared/errors';
import { boundedScalars } from '@souk/shared/graph/bounded-scalars';
import { callerOf } from '@souk/shared/graph/context';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { countLookup } from '../domain/token/recipient-lookups.js';
import { refusalOfFinal, unknownToken } from '../domain/token/scan-refusal.js';
import {
  acceptToken,
  hasReceived,
  hasOffered,
  offerToken,
  withdrawOffer,
} from '../domain/token/token-transfer.js';
import type { TokenEntity } from '../entities/token.js';
import type { Resolvers } from '../generated/resolvers.js';
import { readTokenAgain } from './token.js';

const refused = { token: null };

/** Resolvers of transfers of tokens between users. */
export const tokenTransferResolvers: Resolvers = {
  Mutation: {
    offerTokenTransfer: (_root, { code, toEmail }, context) =>
      withUserErrors(refused, async () => {
        const { userId: fromId } = callerOf(context);
        const email = readAddress(toEmail);
        const token = await context.loaders.tokenByCode.load(code);
        if (token?.holderId !== fromId) throw unknownToken();
        const final = refusalOfFinal(token);
        if (final) throw final;
        const toId = await findRecipient(email, fromId, context);
        const now = context.clock.now();
        await context.database.transact((manager, outbox) =>
          offerToken(manager, outbox, token, { fromId, toId }, now),
        );
        return { token: await readTokenAgain(token, context) };
      }),
    acceptTokenTransfer: (_root, { tokenId }, context) =>
      withUserErrors(refused, async () => {
        const { userId } = callerOf(context);
        const token = await findTransferred(tokenId, context, (id) =>
          hasReceived(context.database.reader, id, userId),
        );
        const now = context.clock.now();
        await context.database.transact((manager, outbox) =>
          acceptToken(manager, outbox, token, userId, now),
        );
        return { token: await readTokenAgain(token, context) };
      }),
    withdrawTokenTransfer: (_root, { tokenId }, context) =>
      withUserErrors(refused, async () => {
        const { userId } = callerOf(context);
        const token = await findTransferred(tokenId, context, (id) =>
          hasOffered(context.database.reader, id, userId),
        );
        await context.database.transact((manager, outbox) => withdrawOffer(manager, outbox, token, userId));
        return { token: await readTokenAgain(token, context) };
      }),
  },
};

/** Account refuses a text that is no address, which must not count as an outage. @throws Rejection INVALID */
function readAddress(text: string): string {
  try {
    return z.string().parse(boundedScalars.EmailAddress.parseValue(text));
  } catch {
    throw new Rejection('INVALID', 'This is not an e-mail address.', { field: ['toEmail'] });
  }
}

/** @throws Rejection NOT_FOUND if no active user has the address, TOO_MANY_ATTEMPTS; Unavailable */
async function findRecipient(email: string, fromId: string, context: Context): Promise<string> {
  const now = context.clock.now();
  const refusal = await context.database.transact((manager) => countLookup(manager, fromId, now));
  if (refusal) throw refusal;
  const toId = await context.account.findUserByEmail(email, context.requestId);
  if (toId !== null) return toId;
  throw new Rejection('NOT_FOUND', 'No active user has this e-mail address.', { field: ['toEmail'] });
}

/** Returns the token of a transfer. @throws Rejection NOT_FOUND unless the caller is a party of it */
async function findTransferred(
  tokenId: string,
  { loaders }: Context,
  isParty: (tokenId: string) => Promise<boolean>,
): Promise<TokenEntity> {
  const id = fromApiId('token', tokenId);
  const token = id === null ? null : await loaders.tokenById.load(id);
  if (token && (await isParty(token.id))) return token;
  throw new Rejection('NOT_FOUND', 'There is no such token.', { field: ['tokenId'] });
}
