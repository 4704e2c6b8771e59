import { changedFields } from '@souk/shared/changed-fields';
import { accountEvents } from '@souk/shared/contracts/account';
import { hasCities, hasPostalCodes, isCountry } from '@souk/shared/country';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { Not } from 'typeorm';
import { AddressEntity } from '../../entities/address.js';
import type { UserEntity } from '../../entities/user.js';
import { InputCheck } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import { validatePhone } from './phone.js';
import { lockCaller } from './user.js';

/** The input of an address. */
export interface AddressFields {
  label?: string | null;
  recipient: string;
  line1: string;
  line2?: string | null;
  /** May be empty in countries whose addresses name no city. */
  city: string;
  region?: string | null;
  /** May be empty in countries without postal codes. */
  postalCode: string;
  countryCode: string;
  phone?: string | null;
  /** Unchanged when omitted. A first address is always the default. */
  isDefault?: boolean | null;
}

/** An address after a change, and its owner. */
export interface ChangedAddress {
  address: AddressEntity;
  user: UserEntity;
}

/** Maximum number of addresses per user. */
export const maxAddresses = 50;

/** Adds an address for the caller. @throws Rejections INVALID */
export async function addAddress(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  fields: AddressFields,
): Promise<ChangedAddress> {
  const input = new InputCheck(['input']);
  const checked = validateAddress(input, fields);
  input.throwIfAny();
  // The lock serializes changes to the user's addresses: it guards the single default and the maximum.
  const user = await lockCaller(manager, userId);
  const count = await manager.countBy(AddressEntity, { userId });
  if (count >= maxAddresses) {
    throw new Rejection('INVALID', `You can have at most ${maxAddresses} addresses.`, { field: ['input'] });
  }
  const isDefault = count === 0 || fields.isDefault === true;
  if (isDefault) await clearDefault(manager, userId);
  const address = manager.create(AddressEntity, { ...checked, id: newId(), userId, isDefault });
  await manager.insert(AddressEntity, address);
  outbox.publish(accountEvents.addressAdded, userId, { userId, addressId: address.id, isDefault });
  return { address, user };
}

/** Replaces an address of the caller. @throws Rejections INVALID, NOT_FOUND */
export async function updateAddress(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  apiId: string,
  fields: AddressFields,
): Promise<ChangedAddress> {
  const input = new InputCheck(['input']);
  const checked = validateAddress(input, fields);
  const user = await lockCaller(manager, userId);
  const address = (await findOwnAddress(manager, userId, apiId)) ?? input.throwWith(addressNotFound());
  input.throwIfAny();
  const isDefault = await applyDefault(manager, address, fields.isDefault ?? address.isDefault);
  await manager.update(AddressEntity, { id: address.id }, { ...checked, isDefault });
  const before = Object.assign(new AddressEntity(), address);
  Object.assign(address, checked, { isDefault });
  const changed = changedFields(before, address);
  if (changed.length > 0) {
    const change = { userId, addressId: address.id, isDefault, changed };
    outbox.publish(accountEvents.addressUpdated, userId, change);
  }
  return { address, user };
}

/**
 * Removes an address of the caller. If it was the default, the oldest remaining address becomes the default.
 * @throws Rejection NOT_FOUND
 */
export async function removeAddress(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  apiId: string,
): Promise<void> {
  await lockCaller(manager, userId);
  const address = await findOwnAddress(manager, userId, apiId);
  if (!address) throw addressNotFound();
  await manager.delete(AddressEntity, { id: address.id });
  outbox.publish(accountEvents.addressRemoved, userId, { userId, addressId: address.id });
  if (address.isDefault) await promoteOldestAddress(manager, address);
}

async function findOwnAddress(
  manager: EntityManager,
  userId: string,
  apiId: string,
): Promise<AddressEntity | null> {
  const id = fromApiId('addr', apiId);
  return id === null ? null : manager.findOneBy(AddressEntity, { id, userId });
}

function addressNotFound(): Rejection {
  return new Rejection('NOT_FOUND', 'Address not found.', { field: ['id'] });
}

/** Updates the user's other addresses for a change of `isDefault`. Returns the value to store. */
async function applyDefault(
  manager: EntityManager,
  address: AddressEntity,
  wanted: boolean,
): Promise<boolean> {
  if (wanted === address.isDefault) return wanted;
  await clearDefault(manager, address.userId);
  // A user's only address stays the default.
  return wanted || !(await promoteOldestAddress(manager, address));
}

async function clearDefault(manager: EntityManager, userId: string): Promise<void> {
  await manager.update(AddressEntity, { userId, isDefault: true }, { isDefault: false });
}

async function promoteOldestAddress(manager: EntityManager, from: AddressEntity): Promise<boolean> {
  const oldest = await manager.findOne(AddressEntity, {
    where: { userId: from.userId, id: Not(from.id) },
    order: { id: 'ASC' },
  });
  if (oldest) await manager.update(AddressEntity, { id: oldest.id }, { isDefault: true });
  return oldest !== null;
}

function validateAddress(
  input: InputCheck,
  fields: AddressFields,
): Omit<AddressEntity, 'id' | 'userId' | 'isDefault'> {
  const checked = {
    label: visibleText(fields.label),
    recipient: input.text('recipient', fields.recipient),
    line1: input.text('line1', fields.line1),
    line2: visibleText(fields.line2),
    city: hasCities(fields.countryCode) ? input.text('city', fields.city) : (visibleText(fields.city) ?? ''),
    region: visibleText(fields.region),
    postalCode: hasPostalCodes(fields.countryCode)
      ? input.text('postalCode', fields.postalCode)
      : (visibleText(fields.postalCode) ?? ''),
    countryCode: fields.countryCode,
    phone: validatePhone(input, fields.phone),
  };
  if (!isCountry(fields.countryCode))
    input.refuse('countryCode', 'Must be an ISO 3166-1 country code: two capital letters.');
  return checked;
}
