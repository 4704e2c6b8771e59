import type { RemovedUser } from './domain/identity/user.js';
import type { UserEntity } from './entities/user.js';

/** A person as the API shows them: with an account, or merely named by another subgraph. */
export type UserModel = UserEntity | RemovedUser;
