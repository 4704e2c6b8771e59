import type DataLoader from 'dataloader';
import type { Clock } from '@souk/shared/clock';
import type { CacheDependencies } from '@souk/shared/graph/cache-dependencies';
import { columnLoader, listLoader, rowLoader } from '@souk/shared/graph/loaders';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { AuditDetail } from './domain/audit/audit-list.js';
import { readDetails } from './domain/audit/audit-list.js';
import { maxPasskeys } from './domain/factor/passkey.js';
import { findEnrolledUsers } from './domain/factor/second-factor.js';
import { maxAddresses } from './domain/identity/address.js';
import { userTopic } from './domain/topics.js';
import { maxSessions } from './domain/session/session.js';
import { AddressEntity } from './entities/address.js';
import { PasskeyEntity } from './entities/passkey.js';
import { PartnerEntity } from './entities/partner.js';
import { SessionEntity } from './entities/session.js';
import { UserEntity } from './entities/user.js';

/** DataLoaders of one request. Keys are UUIDs. */
export interface Loaders {
  users: DataLoader<string, UserEntity | null>;
  partners: DataLoader<string, PartnerEntity | null>;
  /** By the owner's id. */
  partnersOfUsers: DataLoader<string, PartnerEntity | null>;
  /** By the user's id: the default first, then by age, oldest first. */
  addressesOfUsers: DataLoader<string, AddressEntity[]>;
  /** By the user's id: open sessions, most recently used first, at most 100. */
  sessionsOfUsers: DataLoader<string, SessionEntity[]>;
  /** By the user's id: oldest first, at most 20. */
  passkeysOfUsers: DataLoader<string, PasskeyEntity[]>;
  /** By the user's id: null for users without a second factor. */
  enrolledUsers: DataLoader<string, object | null>;
  /** By the place of the entry in the audit log. */
  auditDetails: DataLoader<string, AuditDetail | null>;
  /** Clears all loaders after a mutation. */
  clearAll(): void;
}

/**
 * Creates the loaders of one request. `reads` collects the cache dependencies of public data when the gateway
 * requests them.
 */
export function createLoaders(reader: EntityManager, clock: Clock, reads: CacheDependencies | null): Loaders {
  const users = columnLoader(reader, UserEntity, 'id', {
    // No change notification announces a new user, so a missing one must not be cached.
    onRead: reads && ((user) => (user === null ? reads.markPrivate() : reads.add(userTopic(user.id)))),
  });
  const partners = columnLoader(reader, PartnerEntity, 'id');
  const partnersOfUsers = columnLoader(reader, PartnerEntity, 'ownerId');
  const addressesOfUsers = listLoader(
    (ids) =>
      reader.find(AddressEntity, {
        where: { userId: In(ids) },
        order: { isDefault: 'DESC', id: 'ASC' },
        take: ids.length * maxAddresses,
      }),
    (address) => address.userId,
  );
  const sessionsOfUsers = listLoader(
    async (ids) =>
      reader.find(SessionEntity, {
        where: { id: In(await findNewestSessionIds(reader, ids, clock)) },
        order: { lastUsedAt: 'DESC' },
      }),
    (session) => session.userId,
  );
  const passkeysOfUsers = listLoader(
    (ids) =>
      reader.find(PasskeyEntity, {
        where: { userId: In(ids) },
        order: { id: 'ASC' },
        take: ids.length * maxPasskeys,
      }),
    (passkey) => passkey.userId,
  );
  const enrolledUsers = rowLoader(
    (ids) => findEnrolledUsers(reader, ids),
    ({ userId }) => userId,
  );
  const auditDetails = rowLoader(
    (seqs) => readDetails(reader, seqs),
    ({ seq }) => seq,
  );
  const all = [
    users,
    partners,
    partnersOfUsers,
    addressesOfUsers,
    sessionsOfUsers,
    passkeysOfUsers,
    enrolledUsers,
    auditDetails,
  ];
  return {
    users,
    partners,
    partnersOfUsers,
    addressesOfUsers,
    sessionsOfUsers,
    passkeysOfUsers,
    enrolledUsers,
    auditDetails,
    clearAll: () => {
      for (const loader of all) loader.clearAll();
    },
  };
}

async function findNewestSessionIds(
  reader: EntityManager,
  userIds: readonly string[],
  clock: Clock,
): Promise<string[]> {
  const rows: { id: string }[] = await reader.query(
    `SELECT newest.id FROM unnest($1::uuid[]) AS u (id) CROSS JOIN LATERAL (
       SELECT id FROM session WHERE user_id = u.id AND ended_at IS NULL AND expires_at > $2
       ORDER BY last_used_at DESC LIMIT $3
     ) AS newest`,
    [userIds, clock.now(), maxSessions],
  );
  return rows.map(({ id }) => id);
}
