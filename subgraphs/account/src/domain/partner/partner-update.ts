import type { Identity } from '@souk/shared/auth/identity';
import { changedFields } from '@souk/shared/changed-fields';
import { accountEvents } from '@souk/shared/contracts/account';
import { changedValues, recordAction } from '@souk/shared/db/recorded-action';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import { PartnerEntity } from '../../entities/partner.js';
import { lockPartner } from '../locks.js';
import { partnerTopic } from '../topics.js';
import type { Transaction } from '../transaction.js';
import { auditedPartner, canManagePartner, canSeePartner, partnerNotFound } from './partner.js';

/** A change of a partner. Absent fields are unchanged; null clears a field. */
export interface PartnerChange {
  name?: string | null;
  about?: string | null;
  website?: URL | null;
  taxId?: string | null;
}

/**
 * Changes a partner, for its owner and users:manage. Its slug stays.
 * @throws Rejections INVALID, NOT_FOUND, NOT_OWNER
 */
export async function updatePartner(
  { manager, outbox }: Transaction,
  caller: Identity,
  apiId: string,
  change: PartnerChange,
): Promise<PartnerEntity> {
  const id = fromApiId('partner', apiId);
  const partner = id === null ? null : await lockPartner(manager, id);
  if (!partner || !canSeePartner(caller, partner)) throw partnerNotFound();
  if (!canManagePartner(caller, partner))
    throw new Rejection('NOT_OWNER', 'Only the owner of the partner may change it.', { field: ['id'] });
  const before = Object.assign(new PartnerEntity(), partner);
  const input = new InputCheck(['input']);
  if (change.name !== undefined) partner.name = input.text('name', change.name);
  if (change.about !== undefined) partner.about = visibleText(change.about);
  if (change.website !== undefined) partner.website = input.url('website', change.website);
  if (change.taxId !== undefined) partner.taxId = visibleText(change.taxId);
  input.throwIfAny();
  const changed = changedFields(before, partner);
  if (changed.length === 0) return partner;
  const { name, slug, about, website, ownerId } = partner;
  outbox.publish(accountEvents.partnerUpdated, partner.id, {
    partnerId: partner.id,
    userId: ownerId,
    changed,
    name,
    slug,
    about,
    website,
  });
  const { before: from, after: to } = changedValues(auditedPartner(before), auditedPartner(partner));
  recordAction(outbox, 'UPDATE_PARTNER', partner.id, { before: from, after: { ...to, changed } });
  publishChange(manager, [partnerTopic(partner.id)]);
  return manager.save(partner);
}
