import type { OutputOf, PayloadOf } from '@souk/shared/command';
import type { accountCommands } from '@souk/shared/contracts/account';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { UserEntity } from '../entities/user.js';
import { findAddress } from './address.js';

/**
 * Whether somebody may buy, and where it goes: the address as it is now, and the language to write to him.
 * @throws Rejection USER_NOT_ELIGIBLE, NOT_FOUND
 */
export async function validateBuyer(
  manager: EntityManager,
  { userId, shippingAddressId }: PayloadOf<typeof accountCommands.validateUser>,
): Promise<OutputOf<typeof accountCommands.validateUser>> {
  const user = await manager.findOneBy(UserEntity, { id: userId });
  if (user?.status !== 'ACTIVE') throw new Rejection('USER_NOT_ELIGIBLE', 'This account cannot buy.');
  if (shippingAddressId === null) return { shippingAddress: null, locale: user.locale };
  const address = await findAddress(manager, userId, shippingAddressId);
  if (!address) {
    throw new Rejection('NOT_FOUND', 'The buyer has no such address.', {
      field: ['input', 'shippingAddressId'],
    });
  }
  const { userId: _owner, ...shippingAddress } = address;
  return { shippingAddress, locale: user.locale };
}
