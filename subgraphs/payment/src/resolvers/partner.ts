import { holds } from '@souk/shared/auth/identity';
import { callerOf } from '@souk/shared/graph/context';
import { graphError } from '@souk/shared/graph/errors';
import { isIdCursor, readPage } from '@souk/shared/graph/pagination';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { actsFor } from '../domain/ledger/partner-projection.js';
import { recordPayout } from '../domain/ledger/payout.js';
import { statementOf } from '../domain/ledger/partner-statement.js';
import { LedgerEntryEntity } from '../entities/ledger-entry.js';
import type { Resolvers } from '../generated/resolvers.js';

const statementLength = 50;

export const partnerResolvers: Resolvers = {
  Mutation: {
    recordPayout: (_parent, { partnerId, ...input }, context) =>
      withUserErrors({ entry: null, replayed: false }, async () => {
        const { database, clock } = context.services;
        const payout = { ...input, partnerId: fromApiId('partner', partnerId) };
        const { result: id, replayed } = await database.transact((manager, outbox) =>
          recordPayout(manager, outbox, callerOf(context), payout, clock.now()),
        );
        return { entry: await database.reader.findOneByOrFail(LedgerEntryEntity, { id }), replayed };
      }),
  },

  Partner: {
    balances: async ({ id }, _arguments, context) =>
      context.loaders.balancesOf.load(await ownPartner(id, context)),
    statement: async ({ id }, { from, to, ...page }, context) =>
      statementOf(
        context.services.database.reader,
        await ownPartner(id, context),
        { from: from ?? null, to: to ?? null },
        readPage(page, isIdCursor, statementLength),
      ),
  },

  PartnerBalance: {
    gross: ({ gross: amount, currency }) => ({ amount, currency }),
    commission: ({ commission: amount, currency }) => ({ amount, currency }),
    refunded: ({ refunded: amount, currency }) => ({ amount, currency }),
    paidOut: ({ paidOut: amount, currency }) => ({ amount, currency }),
    due: ({ due: amount, currency }) => ({ amount, currency }),
  },
};

/** Returns the UUID of a partner whose ledger the caller may see. @throws FORBIDDEN */
async function ownPartner(apiId: string, context: Context): Promise<string> {
  const caller = callerOf(context);
  const partnerId = fromApiId('partner', apiId);
  const mayRead =
    partnerId !== null &&
    (holds(caller, 'payments:manage') ||
      (await actsFor(context.services.database.reader, caller.userId, partnerId)));
  if (!mayRead) throw graphError('FORBIDDEN', "You may not see another partner's ledger.");
  return partnerId;
}
