import { callerOf } from '@souk/shared/graph/context';
import { graphError } from '@souk/shared/graph/errors';
import { isIdCursor, readPage } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { rejectPartner, suspendPartner, verifyPartner } from '../domain/partner/partner-status.js';
import { listPartners } from '../domain/partner/partner-list.js';
import { updatePartner } from '../domain/partner/partner-update.js';
import { canSeePartner, registerPartner } from '../domain/partner/partner.js';
import { partnerTopic } from '../domain/topics.js';
import type { Transaction } from '../domain/transaction.js';
import { PartnerEntity } from '../entities/partner.js';
import type {
  MutationResolvers,
  PartnerResolvers,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers.js';
import { inTransaction, mutate } from './mutation.js';
import { requireOwner } from './private-access.js';

/** Queries for partners. */
const partnerQueries: Pick<QueryResolvers, 'partner' | 'partners'> = {
  partner: async (_parent, { id, slug }, context) => {
    if ((id ?? null) !== null && (slug ?? null) === null) return loadPartner(id ?? '', context);
    if ((id ?? null) !== null || (slug ?? null) === null)
      throw graphError('BAD_USER_INPUT', 'Pass exactly one of id and slug.');
    const partner = await context.database.reader.findOneBy(PartnerEntity, { slug: slug ?? '' });
    return hideUnlessVisible(partner, context);
  },
  partners: (_parent, { status, first, after }, { database }) =>
    listPartners(database.reader, status ?? null, readPage({ first, after }, isIdCursor)),
};

/** Registration of partners, and their review by administrators. */
const partnerMutations: Pick<
  MutationResolvers,
  'registerPartner' | 'updatePartner' | 'verifyPartner' | 'rejectPartner' | 'suspendPartner'
> = {
  registerPartner: (_parent, { input }, context) =>
    mutate(context, { partner: null }, async () => ({
      partner: await context.database.transact((manager, outbox) =>
        registerPartner({ manager, outbox, now: context.clock.now() }, callerOf(context).userId, input),
      ),
    })),
  updatePartner: (_parent, { id, input }, context) =>
    changePartner(context, (change) => updatePartner(change, callerOf(context), id, input)),
  verifyPartner: (_parent, { id, commissionBasisPoints }, context) =>
    changePartner(context, (change) =>
      verifyPartner(
        change,
        id,
        commissionBasisPoints,
        context.settings.get('partner.defaultCommissionBasisPoints'),
      ),
    ),
  rejectPartner: (_parent, { id, reason }, context) =>
    changePartner(context, (change) => rejectPartner(change, id, reason)),
  suspendPartner: (_parent, { id, reason }, context) =>
    changePartner(context, (change) => suspendPartner(change, id, reason)),
};

/** Resolvers of Partner. The commission and the rejection reason are private to the partner and users:manage. */
const partnerFields: PartnerResolvers = {
  __resolveReference: ({ id }, context) => loadPartner(id, context),
  id: (partner) => toApiId('partner', partner.id),
  owner: async (partner, _arguments, { loaders }) => {
    const owner = await loaders.users.load(partner.ownerId);
    if (!owner) throw new Error('The owner of a partner is missing.');
    return owner;
  },
  rejectionReason: (partner, _arguments, context) => requireManager(partner, context).rejectionReason,
  commissionBasisPoints: (partner, _arguments, context) =>
    requireManager(partner, context).commissionBasisPoints,
};

function changePartner(context: Context, change: (transaction: Transaction) => Promise<PartnerEntity>) {
  return mutate(context, { partner: null }, async () => ({ partner: await inTransaction(context, change) }));
}

async function loadPartner(apiId: string, context: Context): Promise<PartnerEntity | null> {
  const id = fromApiId('partner', apiId);
  return id === null ? null : hideUnlessVisible(await context.loaders.partners.load(id), context);
}

function hideUnlessVisible(
  partner: PartnerEntity | null,
  { identity, cacheDependencies }: Context,
): PartnerEntity | null {
  if (partner?.status === 'VERIFIED') cacheDependencies?.add(partnerTopic(partner.id));
  // Visibility depends on the caller, so the result must not be cached.
  else cacheDependencies?.markPrivate();
  return partner && canSeePartner(identity, partner) ? partner : null;
}

function requireManager(partner: PartnerEntity, context: Context): PartnerEntity {
  requireOwner(context, partner.ownerId, 'Only the partner may read this field.');
  return partner;
}

/** Resolvers of partners. */
export const partnerResolvers: Resolvers = {
  Query: partnerQueries,
  Mutation: partnerMutations,
  Partner: partnerFields,
};
