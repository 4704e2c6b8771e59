import type { accountCommands } from '@souk/shared/contracts/account';
import { Rejection } from '@souk/shared/errors';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import { validateBuyers } from '../domain/identity/buyer.js';
import { addPurchases, subtractPurchases } from '../domain/identity/purchase-statistics.js';

const done = { kind: 'done', output: {} } as const;

/** What account does for sagas. */
export const commandHandlers: CommandHandlers<typeof accountCommands> = {
  validateUser: {
    batch: async (manager, commands) => {
      const answers = await validateBuyers(
        manager,
        commands.map(({ payload }) => payload),
      );
      return answers.map((answer) =>
        answer instanceof Rejection
          ? { kind: 'rejected', rejection: answer.toData() }
          : { kind: 'done', output: answer },
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
