import { changedFields } from '@souk/shared/changed-fields';
import { accountEvents, accountStates } from '@souk/shared/contracts/account';
import type { AuditAction } from '@souk/shared/contracts/audit';
import type { Outbox } from '@souk/shared/db/outbox';
import { changedValues, recordAction } from '@souk/shared/db/recorded-action';
import { publishChange, publishStateChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { PartnerStatus } from '../../entities/partner.js';
import { PartnerEntity } from '../../entities/partner.js';
import type { UserEntity } from '../../entities/user.js';
import { InputCheck } from '@souk/shared/input-check';
import { lockPartner, lockUser } from '../locks.js';
import { partnerNotFound } from './partner.js';
import { partnerTopic } from '../topics.js';
import type { Transaction } from '../transaction.js';

/** Allowed transitions, by new status. Verifying a verified partner changes its commission. */
const allowedFrom: Readonly<Record<Exclude<PartnerStatus, 'PENDING'>, readonly PartnerStatus[]>> = {
  VERIFIED: ['PENDING', 'REJECTED', 'SUSPENDED', 'VERIFIED'],
  REJECTED: ['PENDING'],
  SUSPENDED: ['VERIFIED'],
};

const actions: Readonly<Record<Exclude<PartnerStatus, 'PENDING'>, AuditAction>> = {
  VERIFIED: 'VERIFY_PARTNER',
  REJECTED: 'REJECT_PARTNER',
  SUSPENDED: 'SUSPEND_PARTNER',
};

/** Hundredths of a percent. */
const maxCommission = 10_000;

/**
 * Verifies a partner. The owner gets the role PARTNER with the next access token. An omitted commission (hundredths of
 * a percent) keeps its value, or is the default one. @throws Rejections INVALID, NOT_FOUND
 */
export async function verifyPartner(
  change: Transaction,
  apiId: string,
  commissionBasisPoints: number | null | undefined,
  defaultCommission: number,
): Promise<PartnerEntity> {
  const input = new InputCheck();
  const commission = commissionBasisPoints ?? null;
  if (commission !== null && (commission < 0 || commission > maxCommission))
    input.refuse('commissionBasisPoints', `Must be 0 to ${maxCommission} hundredths of a percent.`);
  return changeStatus(change, input, apiId, 'VERIFIED', (partner) => {
    partner.commissionBasisPoints = commission ?? partner.commissionBasisPoints ?? defaultCommission;
    partner.rejectionReason = null;
    if (partner.status !== 'VERIFIED') partner.verifiedAt = change.now;
  });
}

/** Rejects a pending partner. @throws Rejections INVALID, NOT_FOUND, CONFLICT */
export async function rejectPartner(
  change: Transaction,
  apiId: string,
  reason: string,
): Promise<PartnerEntity> {
  return setStatusWithReason(change, apiId, 'REJECTED', reason);
}

/** Suspends a verified partner; its owner loses the role PARTNER. @throws Rejections INVALID, NOT_FOUND, CONFLICT */
export async function suspendPartner(
  change: Transaction,
  apiId: string,
  reason: string,
): Promise<PartnerEntity> {
  return setStatusWithReason(change, apiId, 'SUSPENDED', reason);
}

async function setStatusWithReason(
  change: Transaction,
  apiId: string,
  status: 'REJECTED' | 'SUSPENDED',
  reason: string,
): Promise<PartnerEntity> {
  const input = new InputCheck();
  const checked = input.text('reason', reason);
  return changeStatus(change, input, apiId, status, (partner) => {
    partner.rejectionReason = checked;
    partner.verifiedAt = null;
  });
}

/** Changes the status. `input` holds earlier rejections; they are thrown together with those of the partner. */
async function changeStatus(
  { manager, outbox, now }: Transaction,
  input: InputCheck,
  apiId: string,
  status: Exclude<PartnerStatus, 'PENDING'>,
  update: (partner: PartnerEntity) => void,
): Promise<PartnerEntity> {
  const { partner, owner } = (await lockWithOwner(manager, apiId)) ?? input.throwWith(partnerNotFound());
  if (!allowedFrom[status].includes(partner.status)) {
    const message = `A partner cannot change from ${partner.status} to ${status}.`;
    input.add(new Rejection('CONFLICT', message, { field: ['id'] }));
  }
  input.throwIfAny();
  const before = pick(partner);
  update(partner);
  partner.status = status;
  // A verified partner was verified again with the commission that it has.
  if (changedFields(before, pick(partner)).length === 0) return partner;
  // The clocks of processes differ. A later change must still have a later time.
  partner.statusChangedAt = new Date(Math.max(now.getTime(), partner.statusChangedAt.getTime() + 1));
  const roles = owner.roles.filter((role) => role !== 'PARTNER');
  owner.roles = status === 'VERIFIED' ? [...roles, 'PARTNER'] : roles;
  await manager.save([owner]);
  await manager.save([partner]);
  publishChange(manager, [partnerTopic(partner.id)]);
  publishStateChange(manager, accountStates.partners);
  publishStatus(outbox, partner, before.status);
  recordAction(outbox, actions[status], partner.id, changedValues(before, pick(partner)));
  return partner;
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

type Decision = Pick<PartnerEntity, 'status' | 'commissionBasisPoints' | 'rejectionReason'>;

/** The values that an administrator decides about. */
function pick({ status, commissionBasisPoints, rejectionReason }: PartnerEntity): Decision {
  return { status, commissionBasisPoints, rejectionReason };
}

function publishStatus(outbox: Outbox, partner: PartnerEntity, previousStatus: PartnerStatus): void {
  const { id, ownerId, status, commissionBasisPoints, statusChangedAt } = partner;
  outbox.publish(accountEvents.partnerStatusChanged, id, {
    partnerId: id,
    userId: ownerId,
    status,
    commissionBasisPoints,
    at: statusChangedAt.toISOString(),
    previousStatus,
    reason: partner.rejectionReason,
  });
}
