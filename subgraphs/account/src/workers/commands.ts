import type { accountCommands } from '@souk/shared/contracts/account';
import { Rejection } from '@souk/shared/errors';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import { done, rejected } from '@souk/shared/saga/handler-result';
import type { SystemSettings } from '@souk/shared/system-setting';
import { validateBuyers } from '../domain/identity/buyer.js';
import { addPurchases, subtractPurchases } from '../domain/identity/purchase-statistics.js';

/** Handlers of the saga commands sent to account. */
export function commandHandlers(settings: SystemSettings): CommandHandlers<typeof accountCommands> {
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
  };
}
