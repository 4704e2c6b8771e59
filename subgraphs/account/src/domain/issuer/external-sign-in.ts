import { InvalidToken, sessionEnded } from '@souk/shared/auth/access-token';
import type { Role } from '@souk/shared/auth/scopes';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { EntityManager } from 'typeorm';
import type { UserEntity, UserStatus } from '../../entities/user.js';
import { insertUser, publishRegistration } from '../identity/user.js';
import { lockExternalIdentity, lockUser } from '../locks.js';
import type { IssueAccessToken, IssuedToken } from '../session/access-token.js';
import { openSession, touchSession } from '../session/session.js';
import type { Transaction } from '../transaction.js';
import type { ExternalProfile } from './external-profile.js';
import type { ExternalToken } from './external-token.js';

// Why accounts are linked as they are: docs/decisions/0057-external-issuers.md.

/** A person whom an issuer names for the first time. */
export interface Newcomer {
  profile: ExternalProfile;
  /** Of a password that nobody knows. */
  passwordHash: string;
}

interface LinkedUser {
  userId: string;
  status: UserStatus;
  statusChangedAt: Date | null;
}

/** How long a sign-in at an issuer is remembered after its last token. */
const sessionLifetimeMs = 30 * 24 * 60 * 60 * 1_000;

/**
 * The user (UUID) to whom the token's person is linked; null if there is none yet, or they have signed in again after
 * their account was deleted.
 * @throws InvalidToken if the user may not sign in
 */
export async function findLinkedUser(
  manager: EntityManager,
  { identityHash, signedInAt }: ExternalToken,
): Promise<string | null> {
  const [linked]: LinkedUser[] = await manager.query(
    `SELECT user_account.id AS "userId", status, status_changed_at AS "statusChangedAt"
     FROM external_identity JOIN user_account ON user_account.id = user_id WHERE identity_hash = $1`,
    [identityHash],
  );
  if (!linked) return null;
  if (linked.status === 'ACTIVE') return linked.userId;
  if (linked.status === 'SUSPENDED') throw new InvalidToken('This account is suspended.');
  // A sign-in from before the deletion must not make a new account.
  if (!linked.statusChangedAt || signedInAt <= linked.statusChangedAt) throw new InvalidToken(sessionEnded);
  return null;
}

/**
 * Signs the person of a token in: their user is found, linked or made, and their session found or begun. One lock per
 * person: two first requests at once make one user.
 * @param newcomer needed where `findLinkedUser` returned null
 * @throws InvalidToken
 */
export async function signInExternally(
  transaction: Transaction,
  token: ExternalToken,
  newcomer: Newcomer | null,
  issueToken: IssueAccessToken,
): Promise<IssuedToken> {
  const { manager, now } = transaction;
  await lockExternalIdentity(manager, token.identityHash);
  let userId = await findLinkedUser(manager, token);
  if (userId === null) {
    // The account was deleted a moment ago: the next request reads the profile.
    if (!newcomer) throw new InvalidToken(sessionEnded);
    userId = await linkUser(transaction, token, newcomer);
  }
  const user = await lockUser(manager, userId);
  if (user?.status !== 'ACTIVE') throw new InvalidToken('This account is suspended.');
  const sessionId = await findOrOpenSession(transaction, token, user);
  const roles = [...new Set<Role>([...user.roles, ...token.roles])];
  return issueToken({ id: user.id, roles }, sessionId, now, null, token.expiresAt);
}

/** Deletes sign-ins of issuers that had no token for 30 days. */
export async function purgeExternalSessions(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM external_session WHERE session_hash IN (
       SELECT session_hash FROM external_session WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
       FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}

async function linkUser(
  transaction: Transaction,
  { connection, identityHash }: ExternalToken,
  { profile, passwordHash }: Newcomer,
): Promise<string> {
  const { manager, now } = transaction;
  let userId = await findVerifiedUser(manager, profile.email);
  if (userId === null) {
    const made = await insertUser(manager, { ...profile, passwordHash }, now);
    if (made) {
      transaction.outbox.actAs(made.id);
      publishRegistration(transaction.outbox, made);
    }
    // Another issuer, or a registration, was faster.
    userId = made?.id ?? (await findVerifiedUser(manager, profile.email));
  }
  if (userId === null) throw new Error('The e-mail address is taken by no user.');
  await manager.query(
    `INSERT INTO external_identity (identity_hash, issuer, user_id, linked_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (identity_hash) DO UPDATE SET user_id = excluded.user_id, linked_at = excluded.linked_at`,
    [identityHash, connection.issuer, userId, now],
  );
  return userId;
}

/** The user (UUID) with an address that both they and the issuer have verified. @throws InvalidToken */
async function findVerifiedUser(manager: EntityManager, email: string): Promise<string | null> {
  const [user]: Pick<UserEntity, 'id' | 'emailVerified'>[] = await manager.query(
    `SELECT id, email_verified AS "emailVerified" FROM user_account
     WHERE lower(email) = lower($1) AND status <> 'DELETED'`,
    [email],
  );
  if (!user) return null;
  if (user.emailVerified) return user.id;
  // An attacker may have registered the address, and would then know the password of the linked account.
  throw new InvalidToken(
    'An account has your e-mail address and has not verified it. Sign in with its password, or reset it, and verify the address.',
  );
}

async function findOrOpenSession(
  transaction: Transaction,
  { sessionHash }: ExternalToken,
  user: UserEntity,
): Promise<string> {
  const { manager, now } = transaction;
  const expiresAt = new Date(now.getTime() + sessionLifetimeMs);
  const [known]: { sessionId: string }[] = await manager.query(
    'SELECT session_id AS "sessionId" FROM external_session WHERE session_hash = $1',
    [sessionHash],
  );
  if (known && !(await touchSession(manager, { id: known.sessionId, userId: user.id }, expiresAt, now)))
    throw new InvalidToken(sessionEnded);
  const sessionId =
    known?.sessionId ?? (await openSession(transaction, user, { userAgent: null, ipAddress: null }));
  await manager.query(
    `INSERT INTO external_session (session_hash, session_id, expires_at) VALUES ($1, $2, $3)
     ON CONFLICT (session_hash) DO UPDATE SET expires_at = excluded.expires_at`,
    [sessionHash, sessionId, expiresAt],
  );
  return sessionId;
}
