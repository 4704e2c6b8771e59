import { accountCommands as account, accountEvents } from '@souk/shared/contracts/account';
import { catalogCommands as catalog } from '@souk/shared/contracts/catalog';
import { orderCommands as order } from '@souk/shared/contracts/order';
import { paymentCommands as payment } from '@souk/shared/contracts/payment';
import { socialCommands as social } from '@souk/shared/contracts/social';
import { leavingPerson } from '@souk/shared/contracts/values';
import type { SagaDefinition, SagaView } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import type { z } from 'zod';
import { abandonDeletion } from '../domain/deletion/deletion-request.js';

/** The input of a deletion. */
export type DeleteAccountInput = z.infer<typeof leavingPerson>;

/** Names of a deletion's steps. The API does not show them. */
export type DeleteAccountStep =
  | 'VALIDATE_ORDERS'
  | 'VALIDATE_PAYMENTS'
  | 'VALIDATE_LISTINGS'
  | 'CONFIRM'
  | 'CLOSE_ACCOUNT'
  | 'AWAIT_SESSIONS'
  | 'ERASE_ORDERS'
  | 'ERASE_PAYMENTS'
  | 'ERASE_CATALOG'
  | 'ERASE_SOCIAL'
  | 'ERASE_ACCOUNT';

const person = ({ input }: SagaView<DeleteAccountInput>): DeleteAccountInput => input;

/** The steps that ask whether something speaks against the deletion. */
const validations = [order.validateDeletion, payment.validateDeletion, catalog.validateDeletion] as const;

/** Everything that speaks against a deletion, once the participants have answered. */
export function obstaclesOf(saga: SagaView<DeleteAccountInput>): string[] {
  return validations.flatMap((command) => saga.output(command).obstacles);
}

/**
 * Steps of the saga that deletes an account. Up to CONFIRM nothing is changed, and the account may be used. From
 * CLOSE_ACCOUNT on, steps cannot be compensated and are retried until they succeed. Account comes last: until then it
 * knows who the person is.
 */
export const deleteAccountSaga: SagaDefinition<DeleteAccountInput, DeleteAccountStep> = {
  name: 'delete-account',
  version: 1,
  parseInput: (input) => leavingPerson.parse(input),
  partitionKey: ({ userId }) => userId,
  steps: [
    { name: 'VALIDATE_ORDERS', do: bind(order.validateDeletion, person) },
    { name: 'VALIDATE_PAYMENTS', do: bind(payment.validateDeletion, person) },
    { name: 'VALIDATE_LISTINGS', do: bind(catalog.validateDeletion, person) },
    {
      name: 'CONFIRM',
      do: bind(account.confirmDeletion, (saga) => ({ obstacles: obstaclesOf(saga) })),
      pivot: true,
    },
    { name: 'CLOSE_ACCOUNT', do: bind(account.closeAccount, person), nonCompensatable: true },
    {
      // An access token may be accepted for some seconds, and what its holder writes then must be erased too.
      name: 'AWAIT_SESSIONS',
      do: bind(account.awaitSessions, ({ input: { userId } }) => ({ userId })),
      nonCompensatable: true,
    },
    { name: 'ERASE_ORDERS', do: bind(order.erasePerson, person), nonCompensatable: true },
    { name: 'ERASE_PAYMENTS', do: bind(payment.erasePerson, person), nonCompensatable: true },
    { name: 'ERASE_CATALOG', do: bind(catalog.erasePerson, person), nonCompensatable: true },
    { name: 'ERASE_SOCIAL', do: bind(social.erasePerson, person), nonCompensatable: true },
    { name: 'ERASE_ACCOUNT', do: bind(account.erasePerson, person), nonCompensatable: true },
  ],
  onCompleted: (_manager, sagas, outbox) => {
    for (const { input, cause } of sagas)
      outbox.publish(accountEvents.userDeleted, input.userId, { userId: input.userId }, cause);
    return Promise.resolve();
  },
  onFailed: (manager, sagas) =>
    abandonDeletion(
      manager,
      sagas.map(({ sagaId }) => sagaId),
    ),
};
