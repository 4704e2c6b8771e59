import type { Clock } from '@souk/shared/clock';
import type { socialCommands } from '@souk/shared/contracts/social';
import type { CommandHandlers } from '@souk/shared/saga/participant';
import { orderCancelled, orderFailed, orderRefunded } from '../domain/notification-texts.js';
import { notify } from '../domain/notification.js';
import { erasePurchase, recordPurchase } from '../domain/purchase.js';

/** What social does for a saga: each command is one transaction of its own database. */
export function commandHandlers(clock: Clock): CommandHandlers<typeof socialCommands> {
  return {
    recordPurchase: async (manager, purchase, { outbox }) => {
      await recordPurchase(manager, outbox, purchase, clock.now());
      return { kind: 'done', output: {} };
    },
    erasePurchase: async (manager, { orderId }) => {
      await erasePurchase(manager, orderId);
      return { kind: 'done', output: {} };
    },
    recordCancellation: async (manager, { userId, orderId, orderNumber, refunded, reason }) => {
      await erasePurchase(manager, orderId);
      const order = { id: orderId, number: orderNumber };
      const texts = [orderCancelled({ ...order, reason })];
      if (refunded.amount > 0) texts.push(orderRefunded({ ...order, refunded }));
      await notify(
        manager,
        texts.map((text) => ({ userId, text, actorId: null, occasion: orderId })),
        clock.now(),
      );
      return { kind: 'done', output: {} };
    },
    tellFailure: async (manager, { userId, orderId, orderNumber, reason }) => {
      const text = orderFailed({ id: orderId, number: orderNumber, reason });
      await notify(manager, [{ userId, text, actorId: null, occasion: orderId }], clock.now());
      return { kind: 'done', output: {} };
    },
  };
}
