import type { OutputOf, PayloadOf } from '@souk/shared/command';
import type { accountCommands } from '@souk/shared/contracts/account';
import { Rejection } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { AddressEntity } from '../../entities/address.js';
import { UserEntity } from '../../entities/user.js';

type ValidateUser = typeof accountCommands.validateUser;

/**
 * Validates buyers, in order: resolves to the current shipping address and the buyer's locale, or to a rejection with
 * USER_NOT_ELIGIBLE or NOT_FOUND.
 */
export async function validateBuyers(
  manager: EntityManager,
  buyers: readonly PayloadOf<ValidateUser>[],
  { requiresVerifiedEmail }: { requiresVerifiedEmail: boolean },
): Promise<(OutputOf<ValidateUser> | Rejection)[]> {
  const users = await manager.findBy(UserEntity, {
    id: In([...new Set(buyers.map((buyer) => buyer.userId))]),
  });
  const usersById = new Map(users.map((user) => [user.id, user]));
  const addressIds = buyers.flatMap(({ shippingAddressId }) => shippingAddressId ?? []);
  const addresses =
    addressIds.length === 0 ? [] : await manager.findBy(AddressEntity, { id: In([...new Set(addressIds)]) });
  const addressesById = new Map(addresses.map((address) => [address.id, address]));
  return buyers.map(({ userId, shippingAddressId }) => {
    const user = usersById.get(userId);
    if (user?.status !== 'ACTIVE' || user.deletionId !== null)
      return new Rejection('USER_NOT_ELIGIBLE', 'This account cannot buy.');
    if (requiresVerifiedEmail && !user.emailVerified)
      return new Rejection('USER_NOT_ELIGIBLE', 'Verify your e-mail address before you buy.');
    if (shippingAddressId === null) return { shippingAddress: null, locale: user.locale, userId };
    const address = addressesById.get(shippingAddressId);
    if (address?.userId !== userId) {
      return new Rejection('NOT_FOUND', 'Address not found.', {
        field: ['input', 'shippingAddressId'],
      });
    }
    const { userId: _owner, ...shippingAddress } = address;
    return { shippingAddress, locale: user.locale, userId };
  });
}
