import type { orderCommands } from '@souk/shared/contracts/order';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import { done, rejected } from '@souk/shared/saga/handler-result';
import { withdrawTokens } from '../domain/cancellation/cancellation.js';
import { withdrawUnits } from '../domain/cancellation/item-cancellation.js';
import { findObstacles } from '../domain/deletion/deletion-obstacles.js';
import { erasePerson } from '../domain/deletion/person-erasure.js';
import { issueTokens, revokeTokens } from '../domain/token/token.js';

/** Handlers of order's own commands: order is a participant like the others. */
export function commandHandlers(): CommandHandlers<typeof orderCommands> {
  return {
    generateTokens: {
      batch: async (manager, commands) => {
        const issued = await issueTokens(
          manager,
          commands.map(({ payload: { orderId } }) => orderId),
        );
        return issued.map((tokens) => ({ kind: 'done', output: { tokens } }));
      },
    },
    revokeTokens: {
      batch: async (manager, commands) => {
        await revokeTokens(
          manager,
          commands.map(({ payload: { orderId } }) => orderId),
        );
        return commands.map(() => done);
      },
    },
    withdrawTokens: {
      batch: async (manager, commands) => {
        const refusals = await withdrawTokens(
          manager,
          commands.map(({ payload: { orderId } }) => orderId),
        );
        return refusals.map((refusal) => (refusal ? rejected(refusal) : done));
      },
    },
    withdrawUnits: {
      batch: async (manager, commands) => {
        const refusals = await withdrawUnits(
          manager,
          commands.map(({ payload }) => payload),
        );
        return refusals.map((refusal) => (refusal ? rejected(refusal) : done));
      },
    },
    validateDeletion: {
      batch: (manager, commands) =>
        Promise.all(
          commands.map(async ({ payload }) => ({
            kind: 'done',
            output: { obstacles: await findObstacles(manager, payload) },
          })),
        ),
    },
    erasePerson: {
      batch: async (manager, commands) => {
        for (const { payload } of commands) await erasePerson(manager, payload.userId);
        return commands.map(() => done);
      },
    },
  };
}
