import type { Clock } from '@souk/shared/clock';
import { usersRegistered } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/worker';
import { followersPerPage, readFollowerNews, tellFollowers, tellPage } from '../domain/follower-news.js';
import { noteUsers } from '../domain/known-user.js';
import type { GraphStore } from '../graph-store/port.js';

/** What social hears of account, and what it tells itself to do in small pieces. */
export function eventHandlers(database: Database, graph: GraphStore, clock: Clock): MessageHandlers {
  return {
    usersRegistered: async (body) => {
      const { userIds } = usersRegistered.parse(body);
      await database.transact((manager) => noteUsers(manager, userIds));
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
