import { holds } from '@souk/shared/auth/identity';
import { callerOf } from '@souk/shared/graph/context';
import { isIdCursor, readPage } from '@souk/shared/graph/pagination';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { setUserRoles } from '../domain/administration/user-roles.js';
import { reactivateUser, suspendUser } from '../domain/administration/user-suspension.js';
import { canSeePartner } from '../domain/partner/partner.js';
import { listUsers } from '../domain/identity/user-list.js';
import { updateProfile } from '../domain/identity/profile.js';
import { deletedUserName, findActiveByEmail, RemovedUser } from '../domain/identity/user.js';
import type { Transaction } from '../domain/transaction.js';
import type { UserEntity } from '../entities/user.js';
import type { MutationResolvers, QueryResolvers, Resolvers, UserResolvers } from '../generated/resolvers.js';
import type { UserModel } from '../models.js';
import { inTransaction, mutate } from './mutation.js';
import { isCaller, requireOwner } from './private-access.js';

const onlyTheUser = 'Only the user may read this field.';

/** Queries for users. */
const userQueries: Pick<QueryResolvers, 'me' | 'user' | 'userByEmail' | 'users'> = {
  me: (_parent, _arguments, { identity, loaders }) => identity && loaders.users.load(identity.userId),
  user: async (_parent, { id }, context) => {
    const user = await loadUser(id, context);
    return user?.status === 'DELETED' && !holds(context.identity, 'users:manage') ? null : user;
  },
  userByEmail: (_parent, { email }, { database }) => findActiveByEmail(database.reader, email),
  users: (_parent, { filter, first, after }, { database }) =>
    listUsers(database.reader, filter ?? {}, readPage({ first, after }, isIdCursor)),
};

/** The caller's profile, and what administrators change. */
const userMutations: Pick<
  MutationResolvers,
  'updateProfile' | 'setUserRoles' | 'suspendUser' | 'reactivateUser'
> = {
  updateProfile: (_parent, { input }, context) =>
    mutate(context, { user: null }, async () => ({
      user: await context.database.transact((manager, outbox) =>
        updateProfile(manager, outbox, callerOf(context).userId, input),
      ),
    })),
  setUserRoles: (_parent, { userId, roles }, context) =>
    changeUser(context, (transaction) => setUserRoles(transaction, callerOf(context), userId, roles)),
  suspendUser: (_parent, { userId, reason }, context) =>
    changeUser(context, (transaction) => suspendUser(transaction, userId, reason)),
  reactivateUser: (_parent, { userId }, context) =>
    changeUser(context, (transaction) => reactivateUser(transaction, userId)),
};

/** Resolvers of User. `privateField` marks the fields that only the user and users:manage may read. */
const userFields: UserResolvers = {
  // Other subgraphs reference users by non-null fields, so a missing account resolves to a RemovedUser.
  __resolveReference: async ({ id: apiId }, { loaders }) => {
    const id = fromApiId('user', apiId);
    return id === null ? null : ((await loaders.users.load(id)) ?? new RemovedUser(id));
  },
  id: (user) => toApiId('user', user.id),
  displayName: (user) => (isDeleted(user) ? deletedUserName : user.displayName),
  avatarUrl: (user) => (isDeleted(user) ? null : user.avatarUrl),
  memberSince: (user) => user.createdAt,
  email: privateField((user) => user.email),
  emailVerified: privateField((user) => user.emailVerified),
  firstName: privateField((user) => user.firstName),
  lastName: privateField((user) => user.lastName),
  phone: privateField((user) => user.phone),
  roles: privateField((user) => user.roles),
  status: (user, _arguments, context) => {
    requireOwner(context, user.id, onlyTheUser);
    return user instanceof RemovedUser ? null : user.status;
  },
  locale: privateField((user) => user.locale),
  timeZone: privateField((user) => user.timeZone),
  preferences: privateField((user) => user.preferences),
  addresses: privateField((user, { loaders }) => loaders.addressesOfUsers.load(user.id)),
  sessions: privateField((user, { loaders }) => loaders.sessionsOfUsers.load(user.id)),
  passkeys: privateField((user, { loaders }) => loaders.passkeysOfUsers.load(user.id)),
  mfaEnabled: privateField(async (user, { loaders }) => (await loaders.enrolledUsers.load(user.id)) !== null),
  partner: async (user, _arguments, context) => {
    const partner = await context.loaders.partnersOfUsers.load(user.id);
    return partner && (isCaller(context, user.id) || canSeePartner(context.identity, partner))
      ? partner
      : null;
  },
};

/** Restricts a field to the user and holders of users:manage. Null for a deleted user. */
function privateField<Value>(
  read: (user: UserEntity, context: Context) => Value,
): (user: UserModel, _arguments: object, context: Context) => Value | null {
  return (user, _arguments, context) => {
    requireOwner(context, user.id, onlyTheUser);
    return isDeleted(user) ? null : read(user, context);
  };
}

/** Whether a user has no personal data, or none that are shown any more: their erasure may take seconds. */
function isDeleted(user: UserModel): user is RemovedUser {
  return user instanceof RemovedUser || user.status === 'DELETED';
}

function changeUser(context: Context, change: (transaction: Transaction) => Promise<UserEntity>) {
  return mutate(context, { user: null }, async () => ({ user: await inTransaction(context, change) }));
}

async function loadUser(apiId: string, { loaders }: Context): Promise<UserEntity | null> {
  const id = fromApiId('user', apiId);
  return id === null ? null : loaders.users.load(id);
}

/** Resolvers of users. */
export const userResolvers: Resolvers = { Query: userQueries, Mutation: userMutations, User: userFields };
