import DataLoader from 'dataloader';
import type { Clock } from '@souk/shared/clock';
import type { CacheDependencies } from '@souk/shared/graph/cache-dependencies';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { maxAddresses } from './domain/identity/address.js';
import { userTopic } from './domain/topics.js';
import { maxSessions } from './domain/session/session.js';
import { AddressEntity } from './entities/address.js';
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
  /** Clears all loaders after a mutation. */
  clearAll(): void;
}

const maxBatch = 500;

/**
 * Creates the loaders of one request. `reads` collects the cache dependencies of public data when the gateway
 * requests them.
 */
export function createLoaders(reader: EntityManager, clock: Clock, reads: CacheDependencies | null): Loaders {
  const users = createRowLoader(
    async (ids) => {
      const found = await reader.findBy(UserEntity, { id: In(ids) });
      for (const { id } of found) reads?.add(userTopic(id));
      // No change notification announces a new user, so a missing one must not be cached.
      if (found.length < ids.length) reads?.markPrivate();
      return found;
    },
    (user) => user.id,
  );
  const partners = createRowLoader(
    (ids) => reader.findBy(PartnerEntity, { id: In(ids) }),
    (partner) => partner.id,
  );
  const partnersOfUsers = createRowLoader(
    (ids) => reader.findBy(PartnerEntity, { ownerId: In(ids) }),
    (partner) => partner.ownerId,
  );
  const addressesOfUsers = createRowsLoader(
    (ids) =>
      reader.find(AddressEntity, {
        where: { userId: In(ids) },
        order: { isDefault: 'DESC', id: 'ASC' },
        take: ids.length * maxAddresses,
      }),
    (address) => address.userId,
  );
  const sessionsOfUsers = createRowsLoader(
    async (ids) =>
      reader.find(SessionEntity, {
        where: { id: In(await findNewestSessionIds(reader, ids, clock)) },
        order: { lastUsedAt: 'DESC' },
      }),
    (session) => session.userId,
  );
  const all = [users, partners, partnersOfUsers, addressesOfUsers, sessionsOfUsers];
  return {
    users,
    partners,
    partnersOfUsers,
    addressesOfUsers,
    sessionsOfUsers,
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

function createRowLoader<Row>(
  read: (ids: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(
    async (ids) => {
      const rows = new Map((await read([...ids])).map((row) => [keyOf(row), row]));
      return ids.map((id) => rows.get(id) ?? null);
    },
    { maxBatchSize: maxBatch },
  );
}

function createRowsLoader<Row>(
  read: (ids: string[]) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(
    async (ids) => {
      const rows = new Map<string, Row[]>(ids.map((id) => [id, []]));
      for (const row of await read([...ids])) rows.get(keyOf(row))?.push(row);
      return ids.map((id) => rows.get(id) ?? []);
    },
    { maxBatchSize: maxBatch },
  );
}
