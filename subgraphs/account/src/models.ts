import type { Connection } from '@souk/shared/graph/pagination';
import type { RemovedUser } from './domain/identity/user.js';
import type { AuditEntryEntity } from './entities/audit-entry.js';
import type { PartnerEntity } from './entities/partner.js';
import type { UserEntity } from './entities/user.js';

/** Parent object of the User resolvers: a user with an account, or one that only other subgraphs reference. */
export type UserModel = UserEntity | RemovedUser;

/** A page of users. */
export type UserConnection = Connection<UserEntity>;

/** A page of partners. */
export type PartnerConnection = Connection<PartnerEntity>;

/** A page of audit entries. */
export type AuditEntryConnection = Connection<AuditEntryEntity>;
