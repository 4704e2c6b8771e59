import { holds } from '@souk/shared/auth/identity';
import { callerOf } from '@souk/shared/graph/context';
import { graphError } from '@souk/shared/graph/errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { canSeePartner } from '../domain/partner/partner.js';
import { updateProfile } from '../domain/identity/profile.js';
import { RemovedUser } from '../domain/identity/user.js';
import type { UserEntity } from '../entities/user.js';
import type { MutationResolvers, QueryResolvers, Resolvers, UserResolvers } from '../generated/resolvers.js';
import type { UserModel } from '../models.js';
import { mutate } from './mutation.js';

/** Queries for users. */
const userQueries: Pick<QueryResolvers, 'me' | 'user'> = {
  me: (_parent, _arguments, { identity, loaders }) => identity && loaders.users.load(identity.userId),
  user: async (_parent, { id }, context) => {
    const user = await loadUser(id, context);
    return user?.status === 'DELETED' && !holds(context.identity, 'users:manage') ? null : user;
  },
};

/** Mutations of the caller's profile. */
const userMutations: Pick<MutationResolvers, 'updateProfile'> = {
  updateProfile: (_parent, { input }, context) =>
    mutate(context, { user: null }, async () => ({
      user: await context.database.transact((manager, outbox) =>
        updateProfile(manager, outbox, callerOf(context).userId, input),
      ),
    })),
};

/** Resolvers of User. `privateField` marks the fields that only the user and users:manage may read. */
const userFields: UserResolvers = {
  // Other subgraphs reference users by non-null fields, so a missing account resolves to a RemovedUser.
  __resolveReference: async ({ id: apiId }, { loaders }) => {
    const id = fromApiId('user', apiId);
    return id === null ? null : ((await loaders.users.load(id)) ?? new RemovedUser(id));
  },
  id: (user) => toApiId('user', user.id),
  memberSince: (user) => user.createdAt,
  email: privateField((user) => user.email),
  emailVerified: privateField((user) => user.emailVerified),
  firstName: privateField((user) => user.firstName),
  lastName: privateField((user) => user.lastName),
  phone: privateField((user) => user.phone),
  roles: privateField((user) => user.roles),
  status: privateField((user) => user.status),
  locale: privateField((user) => user.locale),
  timeZone: privateField((user) => user.timeZone),
  preferences: privateField((user) => user.preferences),
  addresses: privateField((user, { loaders }) => loaders.addressesOfUsers.load(user.id)),
  sessions: privateField((user, { loaders }) => loaders.sessionsOfUsers.load(user.id)),
  // MFA enrolment is not implemented yet.
  mfaEnabled: privateField(() => false),
  partner: async (user, _arguments, { identity, loaders }) => {
    const partner = await loaders.partnersOfUsers.load(user.id);
    return partner && canSeePartner(identity, partner) ? partner : null;
  },
};

/** Restricts a field to the user and holders of users:manage. Null for a RemovedUser. */
function privateField<Value>(
  read: (user: UserEntity, context: Context) => Value,
): (user: UserModel, _arguments: object, context: Context) => Value | null {
  return (user, _arguments, context) => {
    const { identity } = context;
    if (identity?.userId !== user.id && !holds(identity, 'users:manage'))
      throw graphError('FORBIDDEN', 'Only the user may read this field.');
    return user instanceof RemovedUser ? null : read(user, context);
  };
}

async function loadUser(apiId: string, { loaders }: Context): Promise<UserEntity | null> {
  const id = fromApiId('user', apiId);
  return id === null ? null : loaders.users.load(id);
}

/** Resolvers of users. */
export const userResolvers: Resolvers = { Query: userQueries, Mutation: userMutations, User: userFields };
