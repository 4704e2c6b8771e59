import type { PartnerVerified } from '@souk/shared/contracts/account';
import { noteChange } from '@souk/shared/db/changes';
import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { EntityManager } from 'typeorm';
import type { PartnerStatus } from '../../entities/partner.js';
import { PartnerEntity } from '../../entities/partner.js';
import type { UserEntity } from '../../entities/user.js';
import { InputCheck } from '../input-check.js';
import { lockPartner, lockUser } from '../locks.js';
import { partnerTopic } from '../topics.js';

/** A partner after a change of its status, and the messages that tell of it, for the same transaction's outbox. */
export interface ChangedPartner {
  partner: PartnerEntity;
  messages: Message[];
}

/** From which status a partner may come to which. Verifying one again sets its commission. */
const allowedFrom: Readonly<Record<Exclude<PartnerStatus, 'PENDING'>, readonly PartnerStatus[]>> = {
  VERIFIED: ['PENDING', 'REJECTED', 'SUSPENDED', 'VERIFIED'],
  REJECTED: ['PENDING'],
  SUSPENDED: ['VERIFIED'],
};

/** Hundredths of a percent. */
const defaultCommission = 1_000;
const maxCommission = 10_000;

/**
 * Verifies a partner; its owner gets the role PARTNER with his next access token. A commission (hundredths of a
 * percent) that is not given is the one that it has, or 10 %. @throws Rejections INVALID, NOT_FOUND
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
    input.refuse('commissionBasisPoints', `A commission is 0 to ${maxCommission} hundredths of a percent.`);
  return changeStatus(manager, input, apiId, 'VERIFIED', now, (partner) => {
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
  return refusePartner(manager, apiId, 'REJECTED', reason, now);
}

/** Suspends a verified partner; its owner loses the role PARTNER. @throws Rejections INVALID, NOT_FOUND, CONFLICT */
export async function suspendPartner(
  manager: EntityManager,
  apiId: string,
  reason: string,
  now: Date,
): Promise<ChangedPartner> {
  return refusePartner(manager, apiId, 'SUSPENDED', reason, now);
}

async function refusePartner(
  manager: EntityManager,
  apiId: string,
  status: 'REJECTED' | 'SUSPENDED',
  reason: string,
  now: Date,
): Promise<ChangedPartner> {
  const input = new InputCheck();
  const checked = input.text('reason', reason);
  return changeStatus(manager, input, apiId, status, now, (partner) => {
    partner.rejectionReason = checked;
    partner.verifiedAt = null;
  });
}

/** `input`: what was refused already; it is told together with what is wrong with the partner. */
async function changeStatus(
  manager: EntityManager,
  input: InputCheck,
  apiId: string,
  status: Exclude<PartnerStatus, 'PENDING'>,
  now: Date,
  change: (partner: PartnerEntity) => void,
): Promise<ChangedPartner> {
  const { partner, owner } = (await lockWithOwner(manager, apiId)) ?? input.throwWith(partnerNotFound());
  if (!allowedFrom[status].includes(partner.status)) {
    const message = `A partner that is ${partner.status} cannot become ${status}.`;
    input.add(new Rejection('CONFLICT', message, { field: ['id'] }));
  }
  input.throwIfAny();
  change(partner);
  partner.status = status;
  // Clocks of different processes differ: the later change has to carry the later time all the same.
  partner.statusChangedAt = new Date(Math.max(now.getTime(), partner.statusChangedAt.getTime() + 1));
  const roles = owner.roles.filter((role) => role !== 'PARTNER');
  owner.roles = status === 'VERIFIED' ? [...roles, 'PARTNER'] : roles;
  await manager.save([owner]);
  await manager.save([partner]);
  noteChange(manager, [partnerTopic(partner.id)]);
  return { partner, messages: createStatusMessages(partner) };
}

async function lockWithOwner(
  manager: EntityManager,
  apiId: string,
): Promise<{ partner: PartnerEntity; owner: UserEntity } | null> {
  const id = fromApiId('partner', apiId);
  const seen = id && (await manager.findOneBy(PartnerEntity, { id }));
  if (!seen) return null;
  // The owner never changes; locks are taken in the order of locks.ts.
  const owner = await lockUser(manager, seen.ownerId);
  const partner = await lockPartner(manager, seen.id);
  return owner && partner && { partner, owner };
}

function partnerNotFound(): Rejection {
  return new Rejection('NOT_FOUND', 'There is no such partner.', { field: ['id'] });
}

/** Catalog lets partners sell, order lets them see tokens for what they sold, payment keeps what they are owed. */
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
