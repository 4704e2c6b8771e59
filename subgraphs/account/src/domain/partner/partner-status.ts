import type { PartnerVerified } from '@souk/shared/contracts/account';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { EntityManager } from 'typeorm';
import type { PartnerStatus } from '../../entities/partner.js';
import { PartnerEntity } from '../../entities/partner.js';
import type { UserEntity } from '../../entities/user.js';
import { InputCheck } from '@souk/shared/input-check';
import { lockPartner, lockUser } from '../locks.js';
import { partnerTopic } from '../topics.js';

/** A partner after a status change, and the messages about it for the outbox of the same transaction. */
export interface ChangedPartner {
  partner: PartnerEntity;
  messages: Message[];
}

/** Allowed transitions, by new status. Verifying a verified partner changes its commission. */
const allowedFrom: Readonly<Record<Exclude<PartnerStatus, 'PENDING'>, readonly PartnerStatus[]>> = {
  VERIFIED: ['PENDING', 'REJECTED', 'SUSPENDED', 'VERIFIED'],
  REJECTED: ['PENDING'],
  SUSPENDED: ['VERIFIED'],
};

/** Hundredths of a percent. */
const defaultCommission = 1_000;
const maxCommission = 10_000;

/**
 * Verifies a partner. The owner gets the role PARTNER with the next access token. An omitted commission (hundredths of
 * a percent) keeps its value; its default is 10 %. @throws Rejections INVALID, NOT_FOUND
 */
export async function verifyPartner(
  manager: EntityManager,
  apiId: string,
  commissionBasisPoints: number | null | undefined,
  now: Date,
): Promise<ChangedPartner> {
  const input = new InputCheck();
  const commission = commissionBasisPoints ?? null;
  if (commission !== null && (commission < 0 || commission > maxCommission))
    input.refuse('commissionBasisPoints', `Must be 0 to ${maxCommission} hundredths of a percent.`);
  return changeStatus(manager, input, { apiId, status: 'VERIFIED', now }, (partner) => {
    partner.commissionBasisPoints = commission ?? partner.commissionBasisPoints ?? defaultCommission;
    partner.rejectionReason = null;
    if (partner.status !== 'VERIFIED') partner.verifiedAt = now;
  });
}

/** Rejects a pending partner. @throws Rejections INVALID, NOT_FOUND, CONFLICT */
export async function rejectPartner(
  manager: EntityManager,
  apiId: string,
  reason: string,
  now: Date,
): Promise<ChangedPartner> {
  return setStatusWithReason(manager, apiId, 'REJECTED', reason, now);
}

/** Suspends a verified partner; its owner loses the role PARTNER. @throws Rejections INVALID, NOT_FOUND, CONFLICT */
export async function suspendPartner(
  manager: EntityManager,
  apiId: string,
  reason: string,
  now: Date,
): Promise<ChangedPartner> {
  return setStatusWithReason(manager, apiId, 'SUSPENDED', reason, now);
}

async function setStatusWithReason(
  manager: EntityManager,
  apiId: string,
  status: 'REJECTED' | 'SUSPENDED',
  reason: string,
  now: Date,
): Promise<ChangedPartner> {
  const input = new InputCheck();
  const checked = input.text('reason', reason);
  return changeStatus(manager, input, { apiId, status, now }, (partner) => {
    partner.rejectionReason = checked;
    partner.verifiedAt = null;
  });
}

/** Changes the status. `input` holds earlier rejections; they are thrown together with those of the partner. */
async function changeStatus(
  manager: EntityManager,
  input: InputCheck,
  { apiId, status, now }: { apiId: string; status: Exclude<PartnerStatus, 'PENDING'>; now: Date },
  change: (partner: PartnerEntity) => void,
): Promise<ChangedPartner> {
  const { partner, owner } = (await lockWithOwner(manager, apiId)) ?? input.throwWith(partnerNotFound());
  if (!allowedFrom[status].includes(partner.status)) {
    const message = `A partner cannot change from ${partner.status} to ${status}.`;
    input.add(new Rejection('CONFLICT', message, { field: ['id'] }));
  }
  input.throwIfAny();
  change(partner);
  partner.status = status;
  // The clocks of processes differ. A later change must still have a later time.
  partner.statusChangedAt = new Date(Math.max(now.getTime(), partner.statusChangedAt.getTime() + 1));
  const roles = owner.roles.filter((role) => role !== 'PARTNER');
  owner.roles = status === 'VERIFIED' ? [...roles, 'PARTNER'] : roles;
  await manager.save([owner]);
  await manager.save([partner]);
  publishChange(manager, [partnerTopic(partner.id)]);
  return { partner, messages: createStatusMessages(partner) };
}

async function lockWithOwner(
  manager: EntityManager,
  apiId: string,
): Promise<{ partner: PartnerEntity; owner: UserEntity } | null> {
  const id = fromApiId('partner', apiId);
  const found = id && (await manager.findOneBy(PartnerEntity, { id }));
  if (!found) return null;
  // The owner of a partner never changes, so the read above needs no lock. The order of locks is that of locks.ts.
  const owner = await lockUser(manager, found.ownerId);
  const partner = await lockPartner(manager, found.id);
  return owner && partner && { partner, owner };
}

function partnerNotFound(): Rejection {
  return new Rejection('NOT_FOUND', 'Partner not found.', { field: ['id'] });
}

/**
 * Messages for the partner projections of catalog (selling), order (reading tokens) and payment (commission,
 * payouts).
 */
function createStatusMessages(partner: PartnerEntity): Message[] {
  const { id, ownerId, status, commissionBasisPoints, statusChangedAt } = partner;
  const body: PartnerVerified = {
    partnerId: id,
    userId: ownerId,
    status,
    commissionBasisPoints,
    at: statusChangedAt.toISOString(),
  };
  return [
    { queue: 'catalog', name: 'partnerVerified', body },
    { queue: 'order', name: 'partnerVerified', body },
    { queue: 'payment', name: 'partnerVerified', body },
  ];
}
