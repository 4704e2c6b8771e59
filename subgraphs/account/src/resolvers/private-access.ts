import { holds } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import type { Context } from '../context.js';

type Caller = Pick<Context, 'identity' | 'signedIn'>;

/**
 * Whether a user (UUID) is the caller, or has just been signed in by this operation: such an operation carries no
 * access token yet.
 */
export function isCaller({ identity, signedIn }: Caller, userId: string): boolean {
  return identity?.userId === userId || signedIn.has(userId);
}

/** Whether a session (UUID) is that of the access token, or has just been begun or refreshed by this operation. */
export function isCurrentSession(
  { identity, signedIn }: Caller,
  { id, userId }: { id: string; userId: string },
): boolean {
  return identity?.sessionId === id || signedIn.get(userId) === id;
}

/** Restricts a field to its owner (UUID) and holders of users:manage. The gateway never caches it. @throws FORBIDDEN */
export function requireOwner(
  context: Caller & Pick<Context, 'cacheDependencies'>,
  ownerId: string,
  message: string,
): void {
  context.cacheDependencies?.markPrivate();
  if (isCaller(context, ownerId) || holds(context.identity, 'users:manage')) return;
  // Also for an anonymous caller: signing in as somebody else would not help.
  throw graphError('FORBIDDEN', message);
}
