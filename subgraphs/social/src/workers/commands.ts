import type { Clock } from '@souk/shared/clock';
import type { socialCommands } from '@souk/shared/contracts/social';
import type { Database } from '@souk/shared/db/database';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import { done } from '@souk/shared/saga/handler-result';
import { notify } from '../domain/notification/notify.js';
import { orderCancelled, orderFailed, orderItemsCancelled } from '../domain/notification/order-types.js';
import { erasePerson, noteLeaving, removeActivity } from '../domain/deletion/person-erasure.js';
import {
  collectListings,
  erasePurchases,
  recordPurchases,
  subtractUnits,
} from '../domain/purchase/purchase.js';
import type { GraphStore } from '../graph-store/graph-store.js';

/** Handlers of the saga commands sent to social. */
export function commandHandlers(
  database: Database,
  graph: GraphStore,
  clock: Clock,
): CommandHandlers<typeof socialCommands> {
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
    recordCancellation: {
      batch: async (manager, commands) => {
        const [first] = commands;
        if (!first) return [];
        const cancelled = commands.map(({ payload }) => payload);
        await erasePurchases(
          manager,
          cancelled.map(({ orderId }) => orderId),
        );
        const notifications = cancelled.map(({ userId, orderId, orderNumber, reason }) => ({
          userId,
          content: orderCancelled({ id: orderId, number: orderNumber, reason }),
          actorId: null,
          dedupeKey: orderId,
        }));
        await notify(manager, first.context.outbox, notifications, clock.now());
        return commands.map(() => done);
      },
    },
    recordItemCancellation: {
      batch: async (manager, commands) => {
        const [first] = commands;
        if (!first) return [];
        await subtractUnits(
          manager,
          commands.map(({ payload }) => payload),
        );
        const notifications = commands.map(({ payload, context: { sagaId } }) => {
          const { userId, orderId, orderNumber, reason, lines } = payload;
          const order = { id: orderId, number: orderNumber, reason, listings: collectListings(lines) };
          return { userId, content: orderItemsCancelled(order), actorId: null, dedupeKey: sagaId };
        });
        await notify(manager, first.context.outbox, notifications, clock.now());
        return commands.map(() => done);
      },
    },
    tellFailure: {
      batch: async (manager, commands) => {
        const [first] = commands;
        if (!first) return [];
        const notifications = commands.map(({ payload: { userId, orderId, orderNumber, reason } }) => ({
          userId,
          content: orderFailed({ id: orderId, number: orderNumber, reason }),
          actorId: null,
          dedupeKey: orderId,
        }));
        await notify(manager, first.context.outbox, notifications, clock.now());
        return commands.map(() => done);
      },
    },
    erasePerson: {
      prepareAll: async (manager, commands) => {
        await noteLeaving(
          manager,
          commands.map(({ payload: { userId } }) => userId),
        );
        return commands.map(() => ({}));
      },
      perform: (_prepared, { userId }) => removeActivity(database, graph, userId),
      settleAll: async (manager, commands) => {
        for (const { payload } of commands) await erasePerson(manager, payload.userId);
        return commands.map(() => done);
      },
    },
  };
}
