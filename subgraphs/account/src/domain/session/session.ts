import { createSecretToken, hashSecretToken } from '@souk/shared/auth/secret-token';
import { accountEvents } from '@souk/shared/contracts/account';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { IsNull } from 'typeorm';
import type { SessionEndReason } from '../../entities/session.js';
import { RefreshTokenEntity, SessionEntity } from '../../entities/session.js';
import { UserEntity } from '../../entities/user.js';
import type { IssueAccessToken } from './access-token.js';
import { rememberNetwork } from './known-network.js';
import type { TokenPair } from './sealed-tokens.js';
import { openTokens, sealTokens } from './sealed-tokens.js';
import { alertUser } from '../security-alert.js';
import type { Transaction } from '../transaction.js';
import { lockOpenSessions, lockRefreshToken, lockSurplusSessions, lockUser } from '../locks.js';

/** The client device of a session, from the request. */
export interface Device {
  userAgent: string | null;
  ipAddress: string | null;
}

/** The tokens of a session and its user. Tokens are secrets: they are never stored in the clear. */
export interface SessionTokens extends TokenPair {
  user: UserEntity;
  /** UUID. */
  sessionId: string;
}

const refreshLifetimeMs = 30 * 24 * 60 * 60 * 1_000;
const maxDeviceLength = 500;
/** Maximum of open sessions per account. Another login ends the least recently used one. */
export const maxSessions = 100;
/** Why a session ended, for its device; others just end. */
const endExplanations: Readonly<Partial<Record<SessionEndReason, string>>> = {
  SUPERSEDED: `An account has at most ${maxSessions} sessions: a later login has ended this one.`,
  PASSWORD_CHANGED: 'The session has ended because the password was changed.',
  PASSWORD_RESET: 'The session has ended because the password was reset.',
};
/** Used refresh tokens stored per session. A client that refreshes on expiry uses fewer in 30 days. */
const maxUsedTokens = 3_000;
/** Time in which a used refresh token returns its successor again: the tabs of a browser refresh at once. */
export const repeatSeconds = 10;

/**
 * Starts a session with its first token pair.
 * @param mfaAt when the user gave a second factor; only the first access token states it
 */
export async function startSession(
  transaction: Transaction,
  user: UserEntity,
  device: Device,
  issueToken: IssueAccessToken,
  mfaAt: Date | null = null,
): Promise<SessionTokens> {
  const id = await openSession(transaction, user, device);
  const issue: IssueAccessToken = (of, session, at) => issueToken(of, session, at, mfaAt);
  return issueTokens(transaction.manager, user, id, issue, transaction.now);
}

/** Opens a session without tokens. Returns its id (UUID). The lock on the user serializes concurrent logins. */
export async function openSession(
  transaction: Transaction,
  user: UserEntity,
  device: Device,
): Promise<string> {
  const { manager, outbox, now } = transaction;
  await lockUser(manager, user.id);
  const surplus = await lockSurplusSessions(manager, user.id, maxSessions - 1);
  outbox.actAs(user.id);
  await endSessions(transaction, user.id, surplus, 'SUPERSEDED');
  await rememberNetwork(manager, user.id, device.ipAddress, now);
  const id = newId();
  await manager.insert(SessionEntity, {
    id,
    userId: user.id,
    userAgent: device.userAgent?.slice(0, maxDeviceLength) ?? null,
    ipAddress: device.ipAddress?.slice(0, maxDeviceLength) ?? null,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: computeRefreshExpiry(now),
    endedAt: null,
    endReason: null,
  });
  outbox.publish(accountEvents.sessionStarted, user.id, { userId: user.id, sessionId: id });
  return id;
}

/** Records a use of an open session. Returns false if it has ended. */
export async function touchSession(
  manager: EntityManager,
  { id, userId }: Pick<SessionEntity, 'id' | 'userId'>,
  expiresAt: Date,
  now: Date,
): Promise<boolean> {
  const { affected } = await manager.update(
    SessionEntity,
    { id, userId, endedAt: IsNull() },
    { lastUsedAt: now, expiresAt },
  );
  return affected === 1;
}

/** Result of a refresh. A rejection is returned, not thrown: the transaction that ends the session must commit. */
export type RefreshResult =
  { kind: 'refreshed'; tokens: SessionTokens } | { kind: 'rejected'; rejection: Rejection };

/**
 * Exchanges a refresh token for the next token pair. The same token within ten seconds returns the same pair; later it
 * is reuse, which ends its session: one of the two users is not the owner, and the server cannot know which.
 */
export async function rotateRefreshToken(
  transaction: Transaction,
  refreshToken: string,
  issueToken: IssueAccessToken,
): Promise<RefreshResult> {
  const { manager, outbox, now } = transaction;
  const locked = await lockRefreshToken(manager, hashSecretToken(refreshToken));
  if (!locked)
    return rejectRefresh('TOKEN_EXPIRED', 'The refresh token is unknown or has expired. Sign in again.');
  const { token, session } = locked;
  const successor = token.usedAt && (await findSuccessor(manager, token));
  if ((token.usedAt && !successor) || session.endReason === 'TOKEN_REUSED') {
    if (await endSession(transaction, session, 'TOKEN_REUSED'))
      alertUser(transaction, session.userId, 'REFRESH_TOKEN_REUSED', { device: session.userAgent });
    return rejectRefresh(
      'TOKEN_REUSED',
      'The refresh token was used twice, so its session has ended. Sign in again.',
    );
  }
  const user = await manager.findOneByOrFail(UserEntity, { id: session.userId });
  const isExpired = token.expiresAt <= now;
  // Its sessions have ended as well, but the user needs to know why.
  if (user.status === 'SUSPENDED' && !isExpired)
    return rejectRefresh('ACCOUNT_SUSPENDED', 'This account is suspended.');
  if (session.endedAt || isExpired || user.status === 'DELETED')
    return rejectRefresh('TOKEN_EXPIRED', `${explainEnd(session)} Sign in again.`);
  if (successor)
    return {
      kind: 'refreshed',
      tokens: { ...openTokens(successor, refreshToken), user, sessionId: session.id },
    };
  const tokens = await issueTokens(manager, user, session.id, issueToken, now);
  await replaceToken(manager, token, sealTokens(tokens, refreshToken));
  await manager.update(
    SessionEntity,
    { id: session.id },
    { lastUsedAt: now, expiresAt: computeRefreshExpiry(now) },
  );
  outbox.actAs(user.id);
  outbox.publish(accountEvents.sessionRefreshed, user.id, { userId: user.id, sessionId: session.id });
  return { kind: 'refreshed', tokens };
}

/** Returns the sealed successor of a used token; null when the token was used too long ago to be repeated. */
async function findSuccessor(
  manager: EntityManager,
  { tokenHash }: RefreshTokenEntity,
): Promise<Buffer | null> {
  // The database's clock: the clocks of processes differ. Its now() is the begin of this transaction, so that a wait
  // for the lock of the first use does not count.
  const [row]: { successor: Buffer | null }[] = await manager.query(
    `SELECT successor FROM refresh_token
     WHERE token_hash = $1 AND used_at > now() - make_interval(secs => $2)`,
    [tokenHash, repeatSeconds],
  );
  return row?.successor ?? null;
}

async function replaceToken(
  manager: EntityManager,
  { tokenHash, sessionId }: RefreshTokenEntity,
  successor: Buffer,
): Promise<void> {
  await manager.query(
    'UPDATE refresh_token SET used_at = clock_timestamp(), successor = $2 WHERE token_hash = $1',
    [tokenHash, successor],
  );
  await manager.query(
    `DELETE FROM refresh_token WHERE token_hash IN (
       SELECT token_hash FROM refresh_token WHERE session_id = $1 AND used_at IS NOT NULL
       ORDER BY expires_at DESC OFFSET $2)`,
    [sessionId, maxUsedTokens],
  );
}

/** Ends the session of a refresh token. Ignores unknown tokens (RFC 7009). */
export async function logOut(transaction: Transaction, refreshToken: string): Promise<void> {
  const found = await lockRefreshToken(transaction.manager, hashSecretToken(refreshToken));
  if (!found) return;
  transaction.outbox.actAs(found.session.userId);
  await endSession(transaction, found.session, 'LOGGED_OUT');
}

/** Ends one of the caller's open sessions, possibly the current one. @throws Rejection NOT_FOUND */
export async function revokeSession(transaction: Transaction, userId: string, apiId: string): Promise<void> {
  const id = fromApiId('session', apiId);
  const open = id === null ? [] : await lockOpenSessions(transaction.manager, userId, id);
  if (open.length === 0) throw new Rejection('NOT_FOUND', 'Session not found.', { field: ['id'] });
  await endSessions(transaction, userId, open, 'REVOKED');
}

/** Ends all sessions of a user, or all but one. */
export async function endAllSessions(
  transaction: Transaction,
  userId: string,
  reason: SessionEndReason,
  except: string | null = null,
): Promise<void> {
  const open = await lockOpenSessions(transaction.manager, userId, null);
  await endSessions(
    transaction,
    userId,
    open.filter((id) => id !== except),
    reason,
  );
}

/** Whether a session is open and its user is ACTIVE. */
export async function isSessionActive(
  manager: EntityManager,
  session: { sessionId: string; userId: string },
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM session JOIN user_account ON user_account.id = session.user_id
     WHERE session.id = $1 AND session.user_id = $2 AND session.ended_at IS NULL AND user_account.status = 'ACTIVE'`,
    [session.sessionId, session.userId],
  );
  return rows.length > 0;
}

/** Ends a session that the caller has locked. Returns whether it was open. */
async function endSession(
  transaction: Transaction,
  session: SessionEntity,
  reason: SessionEndReason,
): Promise<boolean> {
  if (session.endedAt) return false;
  await endSessions(transaction, session.userId, [session.id], reason);
  return true;
}

/** Ends open sessions that the caller has locked. */
async function endSessions(
  { manager, outbox, now }: Transaction,
  userId: string,
  sessionIds: string[],
  reason: SessionEndReason,
): Promise<void> {
  if (sessionIds.length === 0) return;
  await manager.query('UPDATE session SET ended_at = $2, end_reason = $3 WHERE id = ANY($1)', [
    sessionIds,
    now,
    reason,
  ]);
  outbox.publish(accountEvents.sessionsEnded, userId, { userId, sessionIds, reason });
}

async function issueTokens(
  manager: EntityManager,
  user: UserEntity,
  sessionId: string,
  issueToken: IssueAccessToken,
  now: Date,
): Promise<SessionTokens> {
  const refreshToken = createSecretToken();
  const refreshTokenExpiresAt = computeRefreshExpiry(now);
  await manager.insert(RefreshTokenEntity, {
    tokenHash: hashSecretToken(refreshToken),
    sessionId,
    expiresAt: refreshTokenExpiresAt,
    usedAt: null,
    successor: null,
  });
  const { token, expiresAt } = issueToken(user, sessionId, now);
  return {
    accessToken: token,
    accessTokenExpiresAt: expiresAt,
    refreshToken,
    refreshTokenExpiresAt,
    user,
    sessionId,
  };
}

function rejectRefresh(code: string, message: string): RefreshResult {
  return { kind: 'rejected', rejection: new Rejection(code, message, { field: ['refreshToken'] }) };
}

function explainEnd({ endReason }: SessionEntity): string {
  return (endReason && endExplanations[endReason]) ?? 'The session has ended.';
}

function computeRefreshExpiry(now: Date): Date {
  return new Date(now.getTime() + refreshLifetimeMs);
}
