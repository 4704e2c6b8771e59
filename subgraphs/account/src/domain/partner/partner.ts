import { randomBytes } from 'node:crypto';
import type { Identity } from '@souk/shared/auth/identity';
import { holds } from '@souk/shared/auth/identity';
import { accountEvents, accountStates } from '@souk/shared/contracts/account';
import type { AuditedValues } from '@souk/shared/db/recorded-action';
import { recordAction } from '@souk/shared/db/recorded-action';
import { publishStateChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import { slugOf } from '@souk/shared/slug';
import type { EntityManager } from 'typeorm';
import type { PartnerStatus } from '../../entities/partner.js';
import { PartnerEntity } from '../../entities/partner.js';
import { InputCheck } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import { findReviewers } from '../identity/administrator.js';
import { lockCaller } from '../identity/user.js';
import type { Transaction } from '../transaction.js';

/** The input of a partner registration. */
export interface PartnerFields {
  name: string;
  about?: string | null;
  website?: URL | null;
  taxId?: string | null;
}

/** Administrators who are notified of a new partner. */
const maxReviewers = 100;
const numberedSlugs = 5;
const slugOptions = { maxLength: 60, fallback: 'partner' };

/**
 * Registers the caller's partner as PENDING.
 * @throws Rejections INVALID; CONFLICT when the caller has one in any status, or their account is being deleted
 */
export async function registerPartner(
  { manager, outbox, now }: Transaction,
  userId: string,
  fields: PartnerFields,
): Promise<PartnerEntity> {
  const input = new InputCheck(['input']);
  const checked = {
    name: input.text('name', fields.name),
    about: visibleText(fields.about),
    website: input.url('website', fields.website),
    taxId: visibleText(fields.taxId),
  };
  input.throwIfAny();
  const owner = await lockCaller(manager, userId);
  if (owner.deletionId !== null) throw new Rejection('CONFLICT', 'Your account is being deleted.');
  if (await manager.existsBy(PartnerEntity, { ownerId: owner.id }))
    throw new Rejection('CONFLICT', 'You have already registered a partner.');
  const id = newId();
  await insertWithSlug(manager, { ...checked, id, ownerId: owner.id }, now);
  const partner = await manager.findOneByOrFail(PartnerEntity, { id });
  publishStateChange(manager, accountStates.partners);
  const { name, slug } = partner;
  const reviewerIds = await findReviewers(manager, maxReviewers);
  outbox.publish(accountEvents.partnerRegistered, id, {
    partnerId: id,
    userId: owner.id,
    name,
    slug,
    reviewerIds,
  });
  const after = {
    ...auditedPartner(partner),
    owner: toApiId('user', owner.id),
    slug,
    status: partner.status,
  };
  recordAction(outbox, 'REGISTER_PARTNER', id, { before: null, after });
  return partner;
}

/** The values of a partner for the audit log: a tax id may be a person's, so the log says only whether there is one. */
export function auditedPartner({
  name,
  about,
  website,
  taxId,
}: Pick<PartnerEntity, 'name' | 'about' | 'website' | 'taxId'>): AuditedValues {
  return { name, about, website, hasTaxId: taxId !== null };
}

/**
 * Whether the caller may see a partner. Verified partners are public; others are visible to the owner and
 * users:manage.
 */
export function canSeePartner(
  identity: Identity | null,
  partner: Pick<PartnerEntity, 'status' | 'ownerId'>,
): boolean {
  return partner.status === 'VERIFIED' || canManagePartner(identity, partner);
}

/** Whether the caller is the owner or holds users:manage. */
export function canManagePartner(
  identity: Identity | null,
  { ownerId }: Pick<PartnerEntity, 'ownerId'>,
): boolean {
  return identity?.userId === ownerId || holds(identity, 'users:manage');
}

/** The rejection of an unknown partner, and of one that the caller may not see. */
export function partnerNotFound(): Rejection {
  return new Rejection('NOT_FOUND', 'Partner not found.', { field: ['id'] });
}

async function insertWithSlug(
  manager: EntityManager,
  partner: Pick<PartnerEntity, 'id' | 'ownerId' | 'name' | 'about' | 'website' | 'taxId'>,
  now: Date,
): Promise<void> {
  const status: PartnerStatus = 'PENDING';
  const base = slugOf(partner.name, slugOptions);
  for (let tries = 1; ; tries += 1) {
    const rows: unknown[] = await manager.query(
      `INSERT INTO partner (id, owner_id, name, slug, about, website, tax_id, status, status_changed_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
       ON CONFLICT (slug) DO NOTHING
       RETURNING 1`,
      [
        partner.id,
        partner.ownerId,
        partner.name,
        candidateSlug(base, tries),
        partner.about,
        partner.website,
        partner.taxId,
        status,
        now,
      ],
    );
    if (rows.length > 0) return;
  }
}

/** The base itself, then with a small number, then with a random suffix. */
function candidateSlug(base: string, tries: number): string {
  if (tries === 1) return base;
  return `${base}-${tries <= numberedSlugs ? tries : randomBytes(4).toString('hex')}`;
}
