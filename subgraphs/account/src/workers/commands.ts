import type { accountCommands } from '@souk/shared/contracts/account';
import type { CommandHandlers } from '@souk/shared/saga/participant';
import { validateBuyer } from '../domain/buyer.js';
import { addPurchase, subtractPurchase } from '../domain/purchase.js';

/** What account does for a saga. */
export const commandHandlers: CommandHandlers<typeof accountCommands> = {
  validateUser: async (manager, payload) => ({
    kind: 'done',
    output: await validateBuyer(manager, payload),
  }),
  addPurchase: async (manager, payload, { sagaId }) => {
    await addPurchase(manager, sagaId, payload);
    return { kind: 'done', output: {} };
  },
  subtractPurchase: async (manager, _payload, { sagaId }) => {
    await subtractPurchase(manager, sagaId);
    return { kind: 'done', output: {} };
  },
  withdrawPurchase: async (manager, { checkoutId }) => {
    await subtractPurchase(manager, checkoutId);
    return { kind: 'done', output: {} };
  },
};
