import type { Identity } from '@souk/shared/auth/identity';
import { holds } from '@souk/shared/auth/identity';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';

/** A caller who manages listings. */
export interface Seller {
  /** UUID; null for an operator who imports the platform's catalog. */
  userId: string | null;
  /** Has catalog:manage: may change everything. */
  managesAll: boolean;
  /** The caller's partner, or null. */
  partnerId: string | null;
  /** Whether that partner is verified at present. */
  verified: boolean;
}

/** A thing with an owning partner; null is the platform. */
export interface Owned {
  partnerId: string | null;
}

/** Returns the seller of an identity; null for callers who sell nothing. At most one query. */
export async function readSeller(manager: EntityManager, identity: Identity | null): Promise<Seller | null> {
  const managesAll = holds(identity, 'catalog:manage');
  const sells = holds(identity, 'partner');
  if (!identity || !(managesAll || sells)) return null;
  const rows: { partner_id: string; verified: boolean }[] = sells
    ? await manager.query(
        `SELECT partner_id, status = 'VERIFIED' AS verified FROM partner_owner
         WHERE user_id = $1 ORDER BY verified DESC, at DESC LIMIT 1`,
        [identity.userId],
      )
    : [];
  const [partner] = rows;
  return {
    userId: identity.userId,
    managesAll,
    partnerId: partner?.partner_id ?? null,
    verified: partner?.verified ?? false,
  };
}

/** Returns a seller who may write. @throws Rejection PARTNER_NOT_VERIFIED */
export async function requireVerifiedSeller(
  manager: EntityManager,
  identity: Identity | null,
): Promise<Seller> {
  const seller = await readSeller(manager, identity);
  if (seller && (seller.managesAll || seller.verified)) return seller;
  throw new Rejection('PARTNER_NOT_VERIFIED', 'Only a verified partner may sell.');
}

/** Returns the owner of what this seller creates; null is the platform. */
export function ownerOf(seller: Seller): string | null {
  return seller.verified ? seller.partnerId : null;
}

/** Whether the seller owns it or has catalog:manage. */
export function owns(seller: Seller | null, owned: Owned): boolean {
  if (!seller) return false;
  return seller.managesAll || (owned.partnerId !== null && owned.partnerId === seller.partnerId);
}

/** Whether the caller may see a listing; drafts are visible to their owner only, and deleted ones are hidden. */
export function canSee(seller: Seller | null, listing: Owned & { status: string }): boolean {
  return listing.status !== 'DELETED' && (listing.status !== 'DRAFT' || owns(seller, listing));
}

/**
 * Returns a thing that this seller may change.
 * @throws Rejection NOT_FOUND if it does not exist or is not visible, NOT_OWNER if another seller owns it
 */
export function requireOwned<Thing extends Owned & { status: string }>(
  seller: Seller,
  thing: Thing | null | undefined,
  what: string,
  field: readonly string[],
): Thing {
  if (!thing || !canSee(seller, thing))
    throw new Rejection('NOT_FOUND', `There is no such ${what}.`, { field });
  if (!owns(seller, thing)) throw new Rejection('NOT_OWNER', `This ${what} is another seller's.`, { field });
  return thing;
}
