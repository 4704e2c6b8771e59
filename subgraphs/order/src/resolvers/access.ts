import type { Identity } from '@souk/shared/auth/identity';
import { holds } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import { toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import type { TokenEntity } from '../entities/token.js';
import type { UserReference } from '../models.js';

/** Whether the caller may read a user's data: their own, or any with orders:manage. */
export function canRead(identity: Identity | null, userId: string): boolean {
  return identity?.userId === userId || holds(identity, 'orders:manage');
}

/**
 * Whether the caller may read a token: its holder, the listing's partner, orders:manage and tickets:validate.
 */
export async function canReadToken(
  { identity, loaders }: Pick<Context, 'identity' | 'loaders'>,
  token: TokenEntity,
): Promise<boolean> {
  if (canRead(identity, token.holderId) || holds(identity, 'tickets:validate')) return true;
  return loaders.isSoldByCaller.load(token.lineId);
}

/** @throws FORBIDDEN for private data of another user */
export function requireReadAccess(identity: Identity | null, userId: string): void {
  if (!canRead(identity, userId)) throw graphError('FORBIDDEN', 'Only the user can read this.');
}

/** @throws FORBIDDEN for the statistics of another user, unless the caller holds analytics:read */
export function requirePurchaseStatisticsAccess(identity: Identity | null, userId: string): void {
  if (identity?.userId === userId || holds(identity, 'analytics:read')) return;
  throw graphError('FORBIDDEN', 'Only the user can read this.');
}

/**
 * @param partnerId UUID of the seller; null for the platform
 * @throws FORBIDDEN to other sellers, unless the caller holds the scope
 */
export async function requireSellerAccess(
  { identity, loaders }: Pick<Context, 'identity' | 'loaders'>,
  partnerId: string | null,
  scope: 'analytics:read' | 'orders:manage',
): Promise<void> {
  if (holds(identity, scope)) return;
  if (typeof partnerId === 'string' && (await loaders.isCallersPartner.load(partnerId))) return;
  throw graphError('FORBIDDEN', 'Only the seller can read this.');
}

/** @throws FORBIDDEN for the code of a token that the caller may not read */
export async function requireTokenReadAccess(
  context: Pick<Context, 'identity' | 'loaders'>,
  token: TokenEntity,
): Promise<void> {
  if (await canReadToken(context, token)) return;
  throw graphError('FORBIDDEN', 'Only the holder and the seller can read this.');
}

/** Returns the given argument. @throws BAD_USER_INPUT unless exactly one is given */
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

/** Returns a user reference by UUID. */
export function userOf(userId: string): UserReference {
  return { id: toApiId('user', userId), userId };
}
