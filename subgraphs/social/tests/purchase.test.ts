import { orderEvents } from '@souk/shared/contracts/order';
import { socialCommands } from '@souk/shared/contracts/social';
import { Database } from '@souk/shared/db/database';
import { newId, toApiId } from '@souk/shared/ids';
import type { Message, SendMessages } from '@souk/shared/message';
import {
  purchaseFanOut,
  followersPerPage,
  createFanOutMessage,
  notifyFollowerPage,
} from '@souk/social/domain/purchase/purchase-fan-out';
import type { Purchase } from '@souk/social/domain/purchase/purchase';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import {
  codesOf,
  queryUsers,
  follow,
  notificationsOf,
  setActivitySharing,
  waitUntilIdle,
  startSocial,
} from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

const step = 'UPDATE_STATS';

function line(
  title: string,
  quantity: number,
  fulfilment: Purchase['lines'][number]['fulfilment'],
): Purchase['lines'][number] {
  return { listingId: newId(), offerId: newId(), title, quantity, fulfilment };
}

function purchaseOf(buyer: TestUser, lines = [line('Alps by bicycle', 1, 'TOUR_TOKEN')]): Purchase {
  return {
    userId: buyer.userId,
    orderId: newId(),
    orderNumber: 'SK-2026-1',
    total: { amount: 4200, currency: 'EUR' },
    lines,
  };
}

const record = (purchase: Purchase, sagaId: string): ReturnType<typeof social.command> =>
  social.command(socialCommands.recordPurchase, purchase, { sagaId, step });
const erase = (purchase: Purchase, sagaId: string): ReturnType<typeof social.command> =>
  social.command(socialCommands.erasePurchase, purchase, { sagaId, step, direction: 'undo' });

async function statisticsOf(user: TestUser): Promise<object> {
  const fields = 'socialStatistics { purchases toursTaken eventsAttended }';
  const [result] = await queryUsers<{ socialStatistics: object }>(social, [user.id], fields);
  return result?.socialStatistics ?? {};
}

async function rows<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
  return social.dependencies.source.query(sql, values);
}

/** Inserts followers of a user. */
async function addFollowers(user: TestUser, count: number): Promise<void> {
  await rows(
    'INSERT INTO follow SELECT uuidv7(), gen_random_uuid(), $1, now() FROM generate_series(1, $2::int)',
    user.userId,
    count,
  );
}

const countNotified = (orderId: string): Promise<{ times: number; people: number }> =>
  rows<{ times: number; people: number }>(
    `SELECT count(*)::int AS times, count(DISTINCT user_id)::int AS people FROM notification
     WHERE dedupe_key = 'FOLLOWED_PURCHASED/' || $1`,
    orderId,
  ).then(([row]) => row ?? { times: -1, people: -1 });

describe('a purchase', () => {
  it('counts units by kind, and notifies the buyer', async () => {
    const buyer = social.user();
    const tour = line('Alps by bicycle', 2, 'TOUR_TOKEN');
    const purchase = purchaseOf(buyer, [
      tour,
      { ...tour, offerId: newId(), quantity: 1 },
      line('Concert', 3, 'TICKET'),
      line('A book', 4, 'SHIPMENT'),
      line('An app', 5, 'LICENCE'),
    ]);
    expect(await record(purchase, newId())).toEqual({ kind: 'done', output: {} });
    expect(await statisticsOf(buyer)).toEqual({ purchases: 15, toursTaken: 3, eventsAttended: 3 });
    expect(await notificationsOf(social, buyer)).toMatchObject([
      {
        type: 'ORDER_PAID',
        title: 'Your order SK-2026-1 is paid',
        body: 'You bought “Alps by bicycle” and 3 other items for €42.00. We are preparing the shipment.',
        data: { orderId: toApiId('order', purchase.orderId), orderNumber: 'SK-2026-1' },
      },
    ]);
  });

  it('with shipments is complete once it has arrived; without, at once', async () => {
    const buyer = social.user();
    const shipped = purchaseOf(buyer, [line('A book', 1, 'SHIPMENT')]);
    await record(shipped, newId());
    const types = async () =>
      ((await notificationsOf(social, buyer)) as { type: string }[]).map(({ type }) => type);
    expect(await types()).toEqual(['ORDER_PAID']);
    const { orderId, userId, orderNumber, total } = shipped;
    const listings = shipped.lines.map(({ listingId: id, title }) => ({ id, title }));
    const completed = { orderId, userId, orderNumber, total, listings };
    await social.send(eventMessage('social', orderEvents.orderCompleted, orderId, completed));
    await social.send(eventMessage('social', orderEvents.orderCompleted, orderId, completed));
    await until('the second notification', async () => (await types()).length === 2);
    expect(await types()).toEqual(['ORDER_COMPLETED', 'ORDER_PAID']);
    await record(purchaseOf(buyer, [line('Concert', 1, 'TICKET')]), newId());
    expect(await types()).toEqual(['ORDER_COMPLETED', 'ORDER_COMPLETED', 'ORDER_PAID']);
  });

  it('offered to another user notifies them once for each offer', async () => {
    const [giver, friend] = [social.user(), social.user()];
    const [tokenId, orderId] = [newId(), newId()];
    const offer = (transferId: string): Promise<void> =>
      social.send(
        eventMessage('social', orderEvents.tokenOffered, orderId, {
          tokenId,
          orderId,
          lineId: newId(),
          listingId: newId(),
          fromId: giver.userId,
          toId: friend.userId,
          transferId,
          title: 'Concert: Standing',
        }),
      );
    const first = newId();
    await offer(first);
    await offer(first);
    await offer(newId());
    await until('both notifications', async () => (await notificationsOf(social, friend)).length === 2);
    expect((await notificationsOf(social, friend))[0]).toMatchObject({
      type: 'TOKEN_OFFERED',
      body: '“Concert: Standing” is yours as soon as you accept it.',
      data: { tokenId: toApiId('token', tokenId) },
    });
  });

  it('is subtracted by the cancellation of the order, which notifies the buyer once', async () => {
    const buyer = social.user();
    const purchase = purchaseOf(buyer);
    await record(purchase, newId());
    const cancel = (sagaId: string) =>
      social.command(
        socialCommands.recordCancellation,
        {
          userId: buyer.userId,
          orderId: purchase.orderId,
          orderNumber: purchase.orderNumber,
          reason: 'I cannot come.',
        },
        { sagaId, step },
      );
    expect(await cancel(newId())).toEqual({ kind: 'done', output: {} });
    await cancel(newId());
    expect(await statisticsOf(buyer)).toEqual({ purchases: 0, toursTaken: 0, eventsAttended: 0 });
    const notifications = (await notificationsOf(social, buyer)) as { type: string; body: string }[];
    // The event `orderRefunded` announces the refund.
    expect(notifications.map(({ type }) => type)).toEqual(['ORDER_CANCELLED', 'ORDER_COMPLETED']);
    expect(notifications.map(({ body }) => body)).toContain('I cannot come.');
  });

  it('is reduced by the cancellation of a part, which notifies the buyer once', async () => {
    const buyer = social.user();
    const [concert, book] = [line('Concert', 3, 'TICKET'), line('A book', 1, 'SHIPMENT')];
    const purchase = purchaseOf(buyer, [concert, book]);
    await record(purchase, newId());
    const { userId, orderId, orderNumber } = purchase;
    const cancel = (lines: (typeof concert)[], sagaId = newId()) =>
      social.command(
        socialCommands.recordItemCancellation,
        { userId, orderId, orderNumber, lines, reason: 'I cannot come.' },
        { sagaId, step },
      );
    const first = newId();
    await cancel([{ ...concert, quantity: 2 }], first);
    expect(await cancel([{ ...concert, quantity: 2 }], first)).toEqual({ kind: 'done', output: {} });
    expect(await statisticsOf(buyer)).toEqual({ purchases: 2, toursTaken: 0, eventsAttended: 1 });
    await cancel([book]);
    expect(await statisticsOf(buyer)).toEqual({ purchases: 1, toursTaken: 0, eventsAttended: 1 });
    const bodies = ((await notificationsOf(social, buyer)) as { type: string; body: string }[])
      .filter(({ type }) => type === 'ORDER_ITEMS_CANCELLED')
      .map(({ body }) => body);
    expect(bodies.sort()).toEqual([
      'Cancelled: “A book”. I cannot come.',
      'Cancelled: “Concert”. I cannot come.',
    ]);
    await erase(purchase, newId());
    expect(await statisticsOf(buyer)).toEqual({ purchases: 0, toursTaken: 0, eventsAttended: 0 });
  });

  it('counts once when the command arrives twice', async () => {
    const [buyer, sagaId] = [social.user(), newId()];
    const purchase = purchaseOf(buyer);
    await record(purchase, sagaId);
    expect(await record(purchase, sagaId)).toEqual({ kind: 'done', output: {} });
    expect(await statisticsOf(buyer)).toMatchObject({ purchases: 1, toursTaken: 1 });
    expect(await notificationsOf(social, buyer)).toHaveLength(1);
  });

  it('counts all of many concurrent ones', async () => {
    const buyer = social.user();
    await Promise.all(Array.from({ length: 20 }, () => record(purchaseOf(buyer), newId())));
    expect(await statisticsOf(buyer)).toMatchObject({ purchases: 20, toursTaken: 20 });
  });

  it('is undone in the statistics; notifications remain', async () => {
    const [buyer, sagaId] = [social.user(), newId()];
    await record(purchaseOf(buyer), newId());
    const purchase = purchaseOf(buyer, [line('Concert', 2, 'TICKET'), line('A book', 1, 'SHIPMENT')]);
    await record(purchase, sagaId);
    expect(await statisticsOf(buyer)).toEqual({ purchases: 4, toursTaken: 1, eventsAttended: 2 });
    expect(await erase(purchase, sagaId)).toEqual({ kind: 'done', output: {} });
    await erase(purchase, sagaId);
    expect(await statisticsOf(buyer)).toEqual({ purchases: 1, toursTaken: 1, eventsAttended: 0 });
    expect(await notificationsOf(social, buyer)).toHaveLength(2);
  });

  it('undone before it is recorded subtracts nothing and cannot be recorded afterwards', async () => {
    const [buyer, sagaId] = [social.user(), newId()];
    await record(purchaseOf(buyer), newId());
    const purchase = purchaseOf(buyer);
    expect(await erase(purchase, sagaId)).toEqual({ kind: 'done', output: {} });
    expect(await record(purchase, sagaId)).toMatchObject({ kind: 'rejected' });
    expect(await statisticsOf(buyer)).toMatchObject({ purchases: 1 });
  });
});

describe('a failure', () => {
  it('notifies the buyer once, with the reason', async () => {
    const buyer = social.user();
    const orderId = newId();
    const message: Message = {
      queue: 'social',
      name: 'command',
      body: {
        sagaId: newId(),
        transactionId: 'SAGA-TEST',
        position: 6,
        step: 'TELL',
        direction: 'tell',
        command: socialCommands.tellFailure.name,
        payload: { userId: buyer.userId, orderId, orderNumber: 'SK-9', reason: 'The card was declined.' },
        replyTo: 'order',
      },
    };
    await social.send(message, message);
    await waitUntilIdle(social);
    expect(await notificationsOf(social, buyer)).toMatchObject([
      {
        type: 'ORDER_FAILED',
        title: 'Your order SK-9 did not go through',
        body: 'The card was declined.',
        data: { orderId: toApiId('order', orderId) },
      },
    ]);
  });
});

describe('followers', () => {
  it('are notified about the listings, without the order', async () => {
    const [buyer, fan] = [social.user(), social.user()];
    await setActivitySharing(social, buyer, true);
    await follow(social, fan, buyer.id);
    const purchase = purchaseOf(buyer);
    await record(purchase, newId());
    const [notification] = await until('the notification', async () => {
      const all = await notificationsOf(social, fan);
      return all.length > 0 ? all : null;
    });
    expect(notification).toMatchObject({
      type: 'FOLLOWED_PURCHASED',
      body: 'They bought “Alps by bicycle”.',
      data: { userId: buyer.id, listingIds: [toApiId('listing', purchase.lines[0]?.listingId ?? '')] },
    });
    expect(JSON.stringify(notification)).not.toContain(toApiId('order', purchase.orderId));
  });

  it('are not notified about the purchases of a buyer who has not switched sharing on', async () => {
    const [buyer, fan] = [social.user(), social.user()];
    await follow(social, fan, buyer.id);
    await record(purchaseOf(buyer), newId());
    await waitUntilIdle(social);
    expect(await notificationsOf(social, fan)).toEqual([]);
    await setActivitySharing(social, buyer, true);
    const shared = purchaseOf(buyer);
    await record(shared, newId());
    await until('the notification', async () => (await countNotified(shared.orderId)).people === 1);
    expect(await notificationsOf(social, fan)).toHaveLength(1);
  });

  it('require the caller to be signed in to switch sharing', async () => {
    const result = await social.run('mutation { setActivitySharing(enabled: true) { ok } }');
    expect(codesOf(result)).toEqual(['UNAUTHENTICATED']);
  });

  it('are notified exactly once, 1,200 of them, when the message arrives three times', async () => {
    const buyer = social.user();
    await setActivitySharing(social, buyer, true);
    await addFollowers(buyer, 1_200);
    const purchase = purchaseOf(buyer);
    await record(purchase, newId());
    const listings = purchase.lines.map(({ listingId, title }) => ({ id: listingId, title }));
    const again = createFanOutMessage({
      orderId: purchase.orderId,
      userId: buyer.userId,
      listings,
      after: null,
      page: 0,
    });
    await social.send(again, again);
    await until('all notifications', async () => (await countNotified(purchase.orderId)).people === 1_200);
    await waitUntilIdle(social);
    expect(await countNotified(purchase.orderId)).toEqual({ times: 1_200, people: 1_200 });
    const [pages] = await rows<{ n: number }>(
      "SELECT count(*)::int AS n FROM inbox WHERE saga_id = $1 AND direction = 'event'",
      purchase.orderId,
    );
    expect(pages).toEqual({ n: 3 });
  });

  it('are notified exactly once when a process crashes at the end of a page', async () => {
    const buyer = social.user();
    await setActivitySharing(social, buyer, true);
    const purchase = purchaseOf(buyer);
    await record(purchase, newId());
    await waitUntilIdle(social);
    await addFollowers(buyer, followersPerPage);
    const { source, log } = social.dependencies;
    const [page = []] = await new PostgresGraphStore(source.manager).followers([
      { userId: buyer.userId, after: null, limit: followersPerPage },
    ]);
    const fanOut = {
      orderId: purchase.orderId,
      userId: buyer.userId,
      listings: [{ id: newId(), title: 'A book' }],
      after: page[0]?.id ?? null,
      page: 3,
    };
    const sent: Message[] = [];
    const send: SendMessages = async (messages) => void sent.push(...messages);
    const database = new Database(source, send, log);
    const dying = database.transact(async (manager, outbox) => {
      await notifyFollowerPage(manager, outbox, fanOut, page, new Date());
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect(await countNotified(purchase.orderId)).toEqual({ times: 0, people: 0 });
    for (let time = 0; time < 2; time += 1) {
      await database.transact((manager, outbox) =>
        notifyFollowerPage(manager, outbox, fanOut, page, new Date()),
      );
    }
    expect(await countNotified(purchase.orderId)).toEqual({
      times: followersPerPage,
      people: followersPerPage,
    });
    await until('the next page', () => sent.length > 0);
    expect(sent).toEqual([createFanOutMessage({ ...fanOut, after: page.at(-1)?.id ?? null, page: 4 })]);
  });

  it('are notified up to the latest 10,000; a message without a page is the first page', async () => {
    const buyer = social.user();
    await setActivitySharing(social, buyer, true);
    const purchase = purchaseOf(buyer);
    await record(purchase, newId());
    await waitUntilIdle(social);
    await addFollowers(buyer, followersPerPage);
    const { source, log } = social.dependencies;
    const [page = []] = await new PostgresGraphStore(source.manager).followers([
      { userId: buyer.userId, after: null, limit: followersPerPage },
    ]);
    const sent: Message[] = [];
    const database = new Database(source, async (messages) => void sent.push(...messages), log);
    const old = {
      orderId: purchase.orderId,
      userId: buyer.userId,
      listings: [{ id: newId(), title: 'A book' }],
      after: page[0]?.id ?? null,
    };
    expect(purchaseFanOut.parse(old).page).toBe(0);
    for (const [number, after] of [
      [18, page[1]?.id ?? null],
      [19, page[2]?.id ?? null],
    ] as const) {
      const fanOut = { ...old, after, page: number };
      await database.transact((manager, outbox) =>
        notifyFollowerPage(manager, outbox, fanOut, page, new Date()),
      );
    }
    await until('the message for the last page', () => sent.length > 0);
    await database.sweepOutbox();
    expect(sent.map(({ body }) => purchaseFanOut.parse(body).page)).toEqual([19]);
  });

  it('are not notified after the purchase is undone or the buyer stops sharing', async () => {
    const [hidden, undone] = [social.user(), social.user()];
    for (const user of [hidden, undone]) await addFollowers(user, 3);
    const purchases = [purchaseOf(hidden), purchaseOf(undone)];
    for (const user of [hidden, undone]) await setActivitySharing(social, user, true);
    await setActivitySharing(social, hidden, false);
    await record(purchaseOf(hidden), newId());
    for (const purchase of purchases) {
      await social.send(
        createFanOutMessage({
          orderId: purchase.orderId,
          userId: purchase.userId,
          listings: [{ id: newId(), title: 'A book' }],
          after: null,
          page: 0,
        }),
      );
    }
    await waitUntilIdle(social);
    for (const { orderId } of purchases)
      expect(await countNotified(orderId)).toEqual({ times: 0, people: 0 });
    const [any] = await rows<{ n: number }>(
      'SELECT count(*)::int AS n FROM notification WHERE actor_id = ANY ($1::uuid[])',
      [hidden.userId, undone.userId],
    );
    expect(any).toEqual({ n: 0 });
  });
});
