import type { orderCommands } from '@souk/shared/contracts/order';
import type { CommandHandlers } from '@souk/shared/saga/participant';
import { withdrawTokens } from '../domain/cancellation.js';
import { issueTokens, revokeTokens } from '../domain/token.js';

/** Order's own part in its sagas: it is a participant like the others. */
export function commandHandlers(): CommandHandlers<typeof orderCommands> {
  return {
    generateTokens: async (manager, { orderId }) => ({
      kind: 'done',
      output: { tokens: await issueTokens(manager, orderId) },
    }),
    revokeTokens: async (manager, { orderId }) => {
      await revokeTokens(manager, orderId);
      return { kind: 'done', output: {} };
    },
    withdrawTokens: async (manager, { orderId }) => {
      await withdrawTokens(manager, orderId);
      return { kind: 'done', output: {} };
    },
  };
}
