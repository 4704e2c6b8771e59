import type { Clock } from '@souk/shared/clock';
import type { socialCommands } from '@souk/shared/contracts/social';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import { orderCancelled, orderFailed, orderRefunded } from '../domain/notification-texts.js';
import { notify } from '../domain/notification.js';
import { erasePurchases, recordPurchases } from '../domain/purchase.js';

const done = { kind: 'done', output: {} } as const;

/** What social does for sagas: in transactions of its own database. */
export function commandHandlers(clock: Clock): CommandHandlers<typeof socialCommands> {
  return {
    recordPurchase: {
      batch: async (manager, commands) => {
        const [first] = commands;
        if (!first) return [];
        const purchases = commands.map(({ payload }) => payload);
        await recordPurchases(manager, first.context.outbox, purchases, clock.now());
        return commands.map(() => done);
      },
    },
    erasePurchase: {
      batch: async (manager, commands) => {
        await erasePurchases(
          manager,
          commands.map(({ payload: { orderId } }) => orderId),
        );
        return commands.map(() => done);
      },
    },
    recordCancellation: async (manager, { userId, orderId, orderNumber, refunded, reason }) => {
      await erasePurchases(manager, [orderId]);
      const order = { id: orderId, number: orderNumber };
      const texts = [orderCancelled({ ...order, reason })];
      if (refunded.amount > 0) texts.push(orderRefunded({ ...order, refunded }));
      await notify(
        manager,
        texts.map((text) => ({ userId, text, actorId: null, occasion: orderId })),
        clock.now(),
      );
      return done;
    },
    tellFailure: async (manager, { userId, orderId, orderNumber, reason }) => {
      const text = orderFailed({ id: orderId, number: orderNumber, reason });
      await notify(manager, [{ userId, text, actorId: null, occasion: orderId }], clock.now());
      return done;
    },
  };
}
