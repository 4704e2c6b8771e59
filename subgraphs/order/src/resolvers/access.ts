import type { Identity } from '@souk/shared/auth/identity';
import { holds } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import { toApiId } from '@souk/shared/ids';
import type { TokenEntity } from '../entities/token.js';
import type { UserReference } from '../models.js';

/** What belongs to a user, a UUID, is his to read; orders:manage sees all. */
export function mayRead(identity: Identity | null, userId: string): boolean {
  return identity?.userId === userId || holds(identity, 'orders:manage');
}

/** A token is its holder's; orders:manage and those who validate tickets see all. */
export function mayReadToken(identity: Identity | null, token: TokenEntity): boolean {
  return mayRead(identity, token.holderId) || holds(identity, 'tickets:validate');
}

/** @throws FORBIDDEN where a private field of somebody else is asked for */
export function assertMayRead(identity: Identity | null, userId: string): void {
  if (!mayRead(identity, userId)) throw graphError('FORBIDDEN', 'This is for the user alone.');
}

/** @throws FORBIDDEN where the secret of somebody else's token is asked for */
export function assertMayReadToken(identity: Identity | null, token: TokenEntity): void {
  if (!mayReadToken(identity, token)) throw graphError('FORBIDDEN', 'This is for the holder alone.');
}

/** The one argument that was given. @throws BAD_USER_INPUT for none, or both */
export function exactlyOne<Name extends string>(
  given: Record<Name, string | null | undefined>,
): { name: Name; value: string } {
  const present = (Object.entries(given) as [Name, string | null | undefined][]).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [{ name, value }],
  );
  const [only] = present;
  if (only && present.length === 1) return only;
  throw graphError('BAD_USER_INPUT', `Give exactly one of ${Object.keys(given).join(' and ')}.`);
}

/** A user, by his UUID. */
export function userOf(userId: string): UserReference {
  return { id: toApiId('user', userId), userId };
}
