import type { EntityManager } from 'typeorm';
import { PartnerEntity } from '../entities/partner.js';
import { RefreshTokenEntity, SessionEntity } from '../entities/session.js';
import { UserEntity } from '../entities/user.js';

// All locks of this subgraph. Transactions acquire them in the order of this file, so that no deadlock can occur.

/** Serializes changes of the set of active administrators until the transaction ends. */
export async function lockAdministrators(manager: EntityManager): Promise<void> {
  await lockName(manager, 'administrators');
}

/** Serializes registrations from one network until the transaction ends, so that each counts those before it. */
export async function lockRegistrations(manager: EntityManager, network: string): Promise<void> {
  await lockName(manager, `registration ${network}`);
}

/**
 * Serializes failed logins of a network and of an account until the transaction ends, so that each counts those
 * before it.
 */
export async function lockLoginFailures(
  manager: EntityManager,
  network: string,
  email: string,
): Promise<void> {
  await lockName(manager, `login_failure ${network}`);
  await lockName(manager, `login_failure of ${email.toLowerCase()}`);
}

/** Serializes requests for e-mails of a network and to an address until the transaction ends, as above. */
export async function lockEmailRequests(
  manager: EntityManager,
  network: string,
  email: string,
): Promise<void> {
  await lockName(manager, `email_request ${network}`);
  await lockName(manager, `email_request to ${email.toLowerCase()}`);
}

/** Serializes sign-ins of one person at an external issuer until the transaction ends. */
export async function lockExternalIdentity(manager: EntityManager, identityHash: Buffer): Promise<void> {
  await lockName(manager, `external_identity ${identityHash.toString('hex')}`);
}

async function lockName(manager: EntityManager, name: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

const forUpdate = { mode: 'pessimistic_write' } as const;

/**
 * Locks a user until the transaction ends. The lock also guards the user's addresses, tokens of e-mails and second
 * factors, and the existence of a partner.
 */
export async function lockUser(manager: EntityManager, id: string): Promise<UserEntity | null> {
  return manager.findOne(UserEntity, { where: { id }, lock: forUpdate });
}

/** Locks a partner until the transaction ends. */
export async function lockPartner(manager: EntityManager, id: string): Promise<PartnerEntity | null> {
  return manager.findOne(PartnerEntity, { where: { id }, lock: forUpdate });
}

/** Locks a refresh token and its session, so that a second use of the token sees the first. */
export async function lockRefreshToken(
  manager: EntityManager,
  tokenHash: Buffer,
): Promise<{ token: RefreshTokenEntity; session: SessionEntity } | null> {
  const token = await manager.findOne(RefreshTokenEntity, { where: { tokenHash }, lock: forUpdate });
  if (!token) return null;
  const session = await manager.findOneOrFail(SessionEntity, {
    where: { id: token.sessionId },
    lock: forUpdate,
  });
  return { token, session };
}

/** Locks a user's least recently used open sessions, beyond the `newest`, until the transaction ends. */
export async function lockSurplusSessions(
  manager: EntityManager,
  userId: string,
  newest: number,
): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM session WHERE ended_at IS NULL AND id IN (
       SELECT id FROM session WHERE user_id = $1 AND ended_at IS NULL ORDER BY last_used_at DESC, id DESC OFFSET $2)
     ORDER BY id FOR UPDATE`,
    [userId, newest],
  );
  return rows.map((row) => row.id);
}

/** Locks a user's open sessions, or only the one with the given id, until the transaction ends. */
export async function lockOpenSessions(
  manager: EntityManager,
  userId: string,
  id: string | null,
): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM session WHERE user_id = $1 AND ($2::uuid IS NULL OR id = $2) AND ended_at IS NULL
     ORDER BY id FOR UPDATE`,
    [userId, id],
  );
  return rows.map((row) => row.id);
}
