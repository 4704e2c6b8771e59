import { join } from 'node:path';
import { TextSeal } from '@souk/shared/auth/text-seal';
import { socialCommands, socialStates } from '@souk/shared/contracts/social';
import { Database } from '@souk/shared/db/database';
import { consumeEvents } from '@souk/shared/events/event-consumer';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { causeOf } from '@souk/shared/graph/context';
import type { ServedState } from '@souk/shared/graph/state-router';
import { stateRouter } from '@souk/shared/graph/state-router';
import { participate } from '@souk/shared/saga/participant';
import { everyHour, everyMinute } from '@souk/shared/queue/schedule';
import express from 'express';
import { openChannels } from './delivery-channels.js';
import { Mailbox } from './channels/mailbox.js';
import { isPublicAddress } from './channels/public-network.js';
import { domainOf } from './channels/smtp.js';
import { vapidPublicKey } from './channels/web-push.js';
import type { Context } from './context.js';
import type { DeliveryOptions } from './delivery-options.js';
import { defaultDelivery } from './delivery-options.js';
import { purgeActivities } from './domain/feed/activity.js';
import { wakeFanOuts } from './domain/feed/activity-fan-out.js';
import { wakeDeliveries } from './domain/notification/delivery.js';
import { purgeNotifications } from './domain/notification/notification.js';
import { purgeSubscriptions } from './domain/notification/push-subscription.js';
import { UnsubscribeLinks } from './domain/notification/unsubscribe-link.js';
import { readRatings } from './domain/review/rating.js';
import type { GraphStore } from './graph-store/graph-store.js';
import { PostgresGraphStore } from './graph-store/postgres.js';
import { mailboxPath, mailboxRouter } from './http/mailbox.js';
import { smsStatusRouter } from './http/sms-status.js';
import { unsubscribeRouter } from './http/unsubscribe.js';
import { createLoaders } from './loaders.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import { announcementHandlers } from './workers/announcements.js';
import { blockHandlers } from './workers/blocks.js';
import { commandHandlers } from './workers/commands.js';
import { deliveryHandlers } from './workers/deliveries.js';
import { eventHandlers, fanOutHandlers, retiredEvents, subscribedEvents } from './workers/events.js';
import { feedHandlers } from './workers/feeds.js';
import { createReplicas } from './workers/replicas.js';
import { wishlistHandlers } from './workers/wishlists.js';

/** The social subgraph, with its states for other parts of the same process. */
export interface SocialApp extends SubgraphApp {
  servedStates: readonly ServedState[];
}

/** Options of social beyond those of every subgraph. */
export interface SocialOptions {
  /** The store of follows; null: social's own database. The caller closes it after the app. */
  graphStore: GraphStore | null;
  /** How notifications leave Souk; `defaultDelivery` when left out. */
  delivery?: DeliveryOptions;
}

const wakeMs = 1_000;

/** Creates the social subgraph. */
export async function createApp(
  dependencies: SubgraphDependencies,
  { graphStore, delivery = defaultDelivery }: SocialOptions,
): Promise<SocialApp> {
  const { clock, log, gatewaySecret, settings } = dependencies;
  const signals = dependencies.queues.changes('social');
  const database = new Database(
    dependencies.source,
    dependencies.sender.send,
    dependencies.log,
    signals.publish,
  );
  const graphOf = ({ reader }: Database): GraphStore => graphStore ?? new PostgresGraphStore(reader);
  const { smtpUrl, mailFrom, publicUrl } = delivery;
  // A mailbox instead of a server: for development.
  const mailbox = smtpUrl === null ? new Mailbox(database.reader) : null;
  const channels = openChannels(delivery, mailbox);
  const links = new UnsubscribeLinks(gatewaySecret, publicUrl);
  const email = {
    channel: channels.email,
    seal: new TextSeal(gatewaySecret),
    links,
    publicUrl,
    messageDomain: domainOf(mailFrom),
  };
  const router = express.Router();
  router.use(unsubscribeRouter(database, links, log));
  if (delivery.sms) router.use(smsStatusRouter({ database, clock, log }, delivery.sms.token, publicUrl));
  if (mailbox) router.use(mailboxRouter(mailbox));
  const push = {
    isAvailable: channels.push !== null,
    publicKey: delivery.push && vapidPublicKey(delivery.push.vapidPrivateKey),
    isAllowedAddress: delivery.push?.network?.isAllowed ?? isPublicAddress,
  };
  const servedStates: ServedState[] = [
    { state: socialStates.ratings, read: (since) => readRatings(database.reader, since) },
  ];
  const app = await assembleSubgraph<Context>(dependencies, {
    name: 'social',
    sdlFile: join(__dirname, '../src/schema.graphql'),
    resolvers,
    notImplemented,
    contextOf: (request) => {
      const own = database.within(request.work.cancellation, causeOf(request));
      const graph = graphOf(own);
      return {
        ...request,
        database: own,
        graph,
        signals,
        clock,
        publicUrl: delivery.publicUrl,
        push,
        loaders: createLoaders(
          own.reader,
          graph,
          request.identity?.userId ?? null,
          request.cacheDependencies,
        ),
      };
    },
    database,
    settings,
    replicas: createReplicas(database, dependencies),
    tasks: [
      {
        name: 'deliveries',
        intervalMs: wakeMs,
        run: () => database.transact((manager, outbox) => wakeDeliveries(manager, outbox)),
      },
    ],
    schedules: [
      {
        name: 'push subscriptions',
        cron: everyHour,
        run: () => purgeSubscriptions(database.reader, clock.now()),
      },
      {
        name: 'notifications',
        cron: everyMinute,
        run: () =>
          purgeNotifications(database.reader, clock.now(), settings.get('retention.notificationDays')),
      },
      {
        name: 'activities',
        cron: everyMinute,
        run: async () => {
          await database.transact((manager, outbox) => wakeFanOuts(manager, outbox, clock.now()));
          await purgeActivities(database.reader, clock.now());
        },
      },
    ],
    handlers: {
      command: participate(database, socialCommands, commandHandlers(database, graphOf(database), clock)),
      ...consumeEvents('social', database, subscribedEvents, eventHandlers(clock), retiredEvents),
      ...fanOutHandlers(database, graphOf(database), clock),
      ...feedHandlers(database, graphOf(database)),
      ...blockHandlers(database, graphOf(database)),
      ...announcementHandlers(database, clock),
      ...wishlistHandlers(database, clock),
      ...deliveryHandlers({
        database,
        email,
        sms: channels.sms && { channel: channels.sms, publicUrl },
        push: channels.push && { channel: channels.push, publicUrl },
        clock,
        log,
      }),
    },
    router,
    internalRouter: stateRouter(servedStates),
    paths: mailbox ? [mailboxPath] : [],
  });
  return {
    ...app,
    servedStates,
    close: async () => {
      await app.close();
      channels.close();
    },
  };
}
