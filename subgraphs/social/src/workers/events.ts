import type { Clock } from '@souk/shared/clock';
import { usersRegistered } from '@souk/shared/contracts/account';
import { orderRefunded } from '@souk/shared/contracts/social';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/worker';
import { followersPerPage, readFollowerNews, tellFollowers, tellPage } from '../domain/follower-news.js';
import { noteUsers } from '../domain/known-user.js';
import { orderRefunded as refundedText } from '../domain/notification-texts.js';
import { notify } from '../domain/notification.js';
import type { GraphStore } from '../graph-store/port.js';

/** What social hears of account and order, and what it tells itself to do in small pieces. */
export function eventHandlers(database: Database, graph: GraphStore, clock: Clock): MessageHandlers {
  return {
    usersRegistered: async (body) => {
      const { userIds } = usersRegistered.parse(body);
      await database.transact((manager) => noteUsers(manager, userIds));
    },
    orderRefunded: async (body) => {
      const { userId, orderId, orderNumber: number, refunded, position } = orderRefunded.parse(body);
      const text = refundedText({ id: orderId, number, refunded });
      const occasion = `${orderId}/${position}`;
      await database.transact((manager) =>
        notify(manager, [{ userId, text, actorId: null, occasion }], clock.now()),
      );
    },
    [tellFollowers]: async (body) => {
      const news = readFollowerNews(body);
      const [page = []] = await graph.followers([
        { userId: news.userId, after: news.after, limit: followersPerPage },
      ]);
      await database.transact((manager, outbox) => tellPage(manager, outbox, news, page, clock.now()));
    },
  };
}
