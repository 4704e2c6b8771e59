import type { RemovedUser } from './domain/identity/user.js';
import type { UserEntity } from './entities/user.js';

/** Parent object of the User resolvers: a user with an account, or one that only other subgraphs reference. */
export type UserModel = UserEntity | RemovedUser;
