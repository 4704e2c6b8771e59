import { callerOf } from '@souk/shared/graph/context';
import { toApiId } from '@souk/shared/ids';
import { addAddress, removeAddress, updateAddress } from '../domain/identity/address.js';
import type { AddressResolvers, MutationResolvers, Resolvers } from '../generated/resolvers.js';
import { mutate } from './mutation.js';

const emptyPayload = { address: null, user: null };

/** Mutations of the caller's addresses. */
const addressMutations: Pick<MutationResolvers, 'addAddress' | 'updateAddress' | 'removeAddress'> = {
  addAddress: (_parent, { input }, context) =>
    mutate(context, emptyPayload, () =>
      context.database.transact((manager, outbox) =>
        addAddress(manager, outbox, callerOf(context).userId, input),
      ),
    ),
  updateAddress: (_parent, { id, input }, context) =>
    mutate(context, emptyPayload, () =>
      context.database.transact((manager, outbox) =>
        updateAddress(manager, outbox, callerOf(context).userId, id, input),
      ),
    ),
  removeAddress: (_parent, { id }, context) =>
    mutate(context, { ok: false }, async () => {
      await context.database.transact((manager, outbox) =>
        removeAddress(manager, outbox, callerOf(context).userId, id),
      );
      return { ok: true };
    }),
};

/** Resolvers of Address. */
const addressFields: AddressResolvers = {
  id: (address) => toApiId('addr', address.id),
};

/** Resolvers of addresses. */
export const addressResolvers: Resolvers = { Mutation: addressMutations, Address: addressFields };
