import type { Clock } from '@souk/shared/clock';
import type { accountCommands } from '@souk/shared/contracts/account';
import { Rejection } from '@souk/shared/errors';
import { noCause } from '@souk/shared/event';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import { done, rejected } from '@souk/shared/saga/handler-result';
import type { SystemSettings } from '@souk/shared/system-setting';
import { closeAccount, sessionsEndAt } from '../domain/deletion/account-closure.js';
import { eraseAccount } from '../domain/deletion/account-erasure.js';
import { validateBuyers } from '../domain/identity/buyer.js';
import { addPurchases, subtractPurchases, subtractUnits } from '../domain/identity/purchase-statistics.js';

/** Handlers of the saga commands sent to account. */
export function commandHandlers(
  settings: SystemSettings,
  clock: Clock,
): CommandHandlers<typeof accountCommands> {
  return {
    validateUser: {
      batch: async (manager, commands) => {
        const results = await validateBuyers(
          manager,
          commands.map(({ payload }) => payload),
          { requiresVerifiedEmail: settings.get('checkout.requireVerifiedEmail') },
        );
        return results.map((result) =>
          result instanceof Rejection ? rejected(result) : { kind: 'done', output: result },
        );
      },
    },
    addPurchase: {
      batch: async (manager, commands) => {
        await addPurchases(
          manager,
          commands.map(({ payload, context: { sagaId } }) => ({ ...payload, sagaId })),
        );
        return commands.map(() => done);
      },
    },
    subtractPurchase: {
      batch: async (manager, commands) => {
        await subtractPurchases(
          manager,
          commands.map(({ context: { sagaId } }) => sagaId),
        );
        return commands.map(() => done);
      },
    },
    withdrawPurchase: {
      batch: async (manager, commands) => {
        await subtractPurchases(
          manager,
          commands.map(({ payload: { checkoutId } }) => checkoutId),
        );
        return commands.map(() => done);
      },
    },
    withdrawUnits: {
      batch: async (manager, commands) => {
        await subtractUnits(
          manager,
          commands.map(({ payload: { checkoutId: sagaId, units, total } }) => ({
            sagaId,
            units,
            amount: total.amount,
          })),
        );
        return commands.map(() => done);
      },
    },
    confirmDeletion: {
      batch: (_manager, commands) =>
        Promise.resolve(
          commands.map(({ payload: { obstacles } }) =>
            obstacles.length === 0 ? done : rejected(new Rejection('CONFLICT', obstacles.join(' '))),
          ),
        ),
    },
    closeAccount: {
      batch: async (manager, commands) => {
        for (const { payload, context } of commands) {
          const cause = context.outbox.causeOfSaga(context.sagaId) ?? noCause;
          await closeAccount({ manager, outbox: context.outbox, now: clock.now() }, payload.userId, cause);
        }
        return commands.map(() => done);
      },
    },
    awaitSessions: {
      batch: (_manager, commands) => {
        const expiresAt = sessionsEndAt(clock.now());
        return Promise.resolve(commands.map(() => ({ kind: 'waiting', output: {}, expiresAt })));
      },
    },
    erasePerson: {
      batch: async (manager, commands) => {
        for (const { payload } of commands) await eraseAccount(manager, payload);
        return commands.map(() => done);
      },
    },
  };
}
