import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { Not } from 'typeorm';
import { AddressEntity } from '../../entities/address.js';
import type { UserEntity } from '../../entities/user.js';
import { isCountry } from '../country.js';
import { InputCheck, visibleText } from '../input-check.js';
import { lockCaller } from './user.js';

/** An address as it comes in. */
export interface AddressFields {
  label?: string | null;
  recipient: string;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postalCode: string;
  countryCode: string;
  phone?: string | null;
  /** Left out: as it is; a first address is the default whatever this says. */
  isDefault?: boolean | null;
}

/** An address after a change, and whose it is. */
export interface ChangedAddress {
  address: AddressEntity;
  user: UserEntity;
}

/** Addresses that a person has at most. */
export const maxAddresses = 50;

/** Adds an address of the caller. @throws Rejections INVALID */
export async function addAddress(
  manager: EntityManager,
  userId: string,
  fields: AddressFields,
): Promise<ChangedAddress> {
  const input = new InputCheck('input');
  const checked = validateAddress(input, fields);
  input.throwIfAny();
  // The user's lock makes changes of his addresses take turns: one default, and no more than there may be.
  const user = await lockCaller(manager, userId);
  const count = await manager.countBy(AddressEntity, { userId });
  if (count >= maxAddresses) {
    throw new Rejection('INVALID', `A person has at most ${maxAddresses} addresses.`, { field: ['input'] });
  }
  const isDefault = count === 0 || fields.isDefault === true;
  if (isDefault) await clearDefault(manager, userId);
  const address = manager.create(AddressEntity, { ...checked, id: newId(), userId, isDefault });
  await manager.insert(AddressEntity, address);
  return { address, user };
}

/** Replaces an address of the caller. @throws Rejections INVALID, NOT_FOUND */
export async function updateAddress(
  manager: EntityManager,
  userId: string,
  apiId: string,
  fields: AddressFields,
): Promise<ChangedAddress> {
  const input = new InputCheck('input');
  const checked = validateAddress(input, fields);
  const user = await lockCaller(manager, userId);
  const address = (await findOwnAddress(manager, userId, apiId)) ?? input.throwWith(addressNotFound());
  input.throwIfAny();
  const isDefault = await applyDefault(manager, address, fields.isDefault ?? address.isDefault);
  await manager.update(AddressEntity, { id: address.id }, { ...checked, isDefault });
  return { address: Object.assign(address, checked, { isDefault }), user };
}

/** Removes an address of the caller; the oldest of the others becomes the default when it was. @throws NOT_FOUND */
export async function removeAddress(manager: EntityManager, userId: string, apiId: string): Promise<void> {
  await lockCaller(manager, userId);
  const address = await findOwnAddress(manager, userId, apiId);
  if (!address) throw addressNotFound();
  await manager.delete(AddressEntity, { id: address.id });
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
  return new Rejection('NOT_FOUND', 'You have no such address.', { field: ['id'] });
}

/** Makes room for what an address is to be: the default, or not. Returns what it becomes. */
async function applyDefault(
  manager: EntityManager,
  address: AddressEntity,
  wanted: boolean,
): Promise<boolean> {
  if (wanted === address.isDefault) return wanted;
  await clearDefault(manager, address.userId);
  // Somebody's only address stays his default.
  return wanted || !(await promoteOldestAddress(manager, address));
}

async function clearDefault(manager: EntityManager, userId: string): Promise<void> {
  await manager.update(AddressEntity, { userId, isDefault: true }, { isDefault: false });
}

async function promoteOldestAddress(manager: EntityManager, from: AddressEntity): Promise<boolean> {
  const heir = await manager.findOne(AddressEntity, {
    where: { userId: from.userId, id: Not(from.id) },
    order: { id: 'ASC' },
  });
  if (heir) await manager.update(AddressEntity, { id: heir.id }, { isDefault: true });
  return heir !== null;
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
    city: input.text('city', fields.city),
    region: visibleText(fields.region),
    postalCode: input.text('postalCode', fields.postalCode),
    countryCode: fields.countryCode,
    phone: input.phone('phone', fields.phone),
  };
  if (!isCountry(fields.countryCode))
    input.refuse('countryCode', 'This is not a country code of ISO 3166-1 (two capital letters).');
  return checked;
}
