import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Clock } from '@souk/shared/clock';
import { accountEvents, tokenContext } from '@souk/shared/contracts/account';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { orderEvents } from '@souk/shared/contracts/order';
import type { Database } from '@souk/shared/db/database';
import type { Outbox } from '@souk/shared/db/outbox';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import type { BatchMessageHandler, MessageHandlers } from '@souk/shared/queue/message-worker';
import { settleEach } from '@souk/shared/async/batch-with-fallback';
import {
  purchaseFanOut,
  followersPerPage,
  fanOutMessageName,
  notifyFollowerPage,
} from '../domain/purchase/purchase-fan-out.js';
import { emailVerificationType, passwordResetType } from '../domain/notification/account-types.js';
import type { NotificationContent, SealedVariable } from '../domain/notification/notification-type.js';
import { secretContentOf } from '../domain/notification/notification-type.js';
import { notify } from '../domain/notification/notify.js';
import {
  orderCompleted as completedContent,
  orderRefunded as refundedContent,
} from '../domain/notification/order-types.js';
import { cartReminder } from '../domain/notification/cart-types.js';
import { partnerRegistered, partnerUpdated } from '../domain/notification/partner-data-types.js';
import { orderShipped } from '../domain/notification/shipment-types.js';
import { partnerStatusNotice } from '../domain/notification/partner-types.js';
import { tokenOffered } from '../domain/notification/token-types.js';
import { eventReminder, paymentDue, seatHoldEnding } from '../domain/notification/reminder-types.js';
import { securityAlert } from '../domain/notification/security-types.js';
import { deleteListingActivities, publishListing } from '../domain/feed/activity.js';
import { findPartnerOwner, storeListing } from '../domain/listing-projection.js';
import { backInStock, priceDropped } from '../domain/notification/wishlist-types.js';
import { startAlert } from '../domain/wishlist/wishlist-alert.js';
import { clearWishesMessage } from '../domain/wishlist/wishlist.js';
import { collectListings } from '../domain/purchase/purchase.js';
import { receiveToken, releaseShippedUnits, revokeToken } from '../domain/review/verified-buyer.js';
import type { GraphStore } from '../graph-store/graph-store.js';

/** Fan-out messages handled together. Each may load a whole page of followers. */
const maxFanOutBatch = 20;

/** The events that social subscribes to. */
export const subscribedEvents = {
  orderRefunded: orderEvents.orderRefunded,
  orderShipped: orderEvents.orderShipped,
  paymentDue: orderEvents.paymentDue,
  startReminderDue: orderEvents.startReminderDue,
  seatHoldEnding: catalogEvents.seatHoldEnding,
  cartLeft: orderEvents.cartLeft,
  orderCompleted: orderEvents.orderCompleted,
  tokenOffered: orderEvents.tokenOffered,
  tokenTransferred: orderEvents.tokenTransferred,
  tokenRevoked: orderEvents.tokenRevoked,
  listingPublished: catalogEvents.listingPublished,
  listingArchived: catalogEvents.listingArchived,
  listingDeleted: catalogEvents.listingDeleted,
  offerRestocked: catalogEvents.offerRestocked,
  offerPriceLowered: catalogEvents.offerPriceLowered,
  partnerStatusChanged: accountEvents.partnerStatusChanged,
  partnerRegistered: accountEvents.partnerRegistered,
  partnerUpdated: accountEvents.partnerUpdated,
  securityAlert: accountEvents.securityAlert,
  emailVerificationRequested: accountEvents.emailVerificationRequested,
  passwordResetRequested: accountEvents.passwordResetRequested,
};

/** Events of earlier versions. Their content is the state `people` now. */
export const retiredEvents = [accountEvents.usersRegistered];

/** Handlers of events from other subgraphs. */
export function eventHandlers(clock: Clock): EventHandlers<typeof subscribedEvents> {
  const tell = (
    manager: EntityManager,
    outbox: Outbox,
    { userId, content, dedupeKey }: { userId: string; content: NotificationContent; dedupeKey: string },
  ): Promise<void> => notify(manager, outbox, [{ userId, content, actorId: null, dedupeKey }], clock.now());
  return {
    orderRefunded: (manager, outbox, { userId, orderId, orderNumber: number, refunded, position }) => {
      const content = refundedContent({ id: orderId, number, refunded });
      return tell(manager, outbox, { userId, content, dedupeKey: `${orderId}/${position}` });
    },
    orderShipped: async (manager, outbox, { userId, lines, ...shipment }) => {
      await releaseShippedUnits(manager, { userId, orderId: shipment.orderId, lines });
      const content = orderShipped({ ...shipment, listings: collectListings(lines) });
      await tell(manager, outbox, { userId, content, dedupeKey: shipment.shipmentId });
    },
    paymentDue: (manager, outbox, { userId, ...order }) =>
      tell(manager, outbox, { userId, content: paymentDue(order), dedupeKey: order.checkoutId }),
    startReminderDue: (manager, outbox, { holderIds, offerId, ...start }) => {
      const content = eventReminder(start);
      const dedupeKey = `${offerId ?? start.listingId}/${start.startsAt}`;
      const reminders = holderIds.map((userId) => ({ userId, content, actorId: null, dedupeKey }));
      return notify(manager, outbox, reminders, clock.now());
    },
    seatHoldEnding: (manager, outbox, { userId, ...hold }) => {
      const dedupeKey = `${hold.listingId}/${hold.heldUntil}`;
      return tell(manager, outbox, { userId, content: seatHoldEnding(hold), dedupeKey });
    },
    cartLeft: (manager, outbox, { cartId, userId, changedAt, listings }) => {
      const content = cartReminder(cartId, listings);
      return tell(manager, outbox, { userId, content, dedupeKey: `${cartId}/${changedAt}` });
    },
    orderCompleted: (manager, outbox, { userId, orderId, orderNumber: number, total, listings }) => {
      const content = completedContent({ id: orderId, number, total, listings });
      return tell(manager, outbox, { userId, content, dedupeKey: orderId });
    },
    tokenOffered: (manager, outbox, { tokenId, transferId, fromId, toId, title }) => {
      const content = tokenOffered(tokenId, title);
      const offer = { userId: toId, content, actorId: fromId, dedupeKey: transferId };
      return notify(manager, outbox, [offer], clock.now());
    },
    tokenTransferred: (manager, _outbox, transfer) => receiveToken(manager, transfer),
    tokenRevoked: (manager, _outbox, token) => revokeToken(manager, token),
    listingPublished: async (manager, outbox, listing, { at }) => {
      await storeListing(manager, listing);
      const { listingId, partnerId } = listing;
      const sellerId = partnerId === null ? null : await findPartnerOwner(manager, partnerId);
      if (sellerId !== null) await publishListing(manager, outbox, { sellerId, listingId }, at);
    },
    listingArchived: (manager, _outbox, listing) => storeListing(manager, listing),
    listingDeleted: async (manager, outbox, { listingId }) => {
      await storeListing(manager, { listingId, status: 'DELETED', partnerId: null });
      await deleteListingActivities(manager, listingId);
      outbox.add(clearWishesMessage(listingId));
    },
    offerRestocked: (manager, outbox, offer) =>
      startAlert(manager, outbox, { listingId: offer.listingId, content: backInStock(offer) }, clock.now()),
    offerPriceLowered: (manager, outbox, offer) =>
      startAlert(manager, outbox, { listingId: offer.listingId, content: priceDropped(offer) }, clock.now()),
    partnerStatusChanged: async (manager, outbox, change) => {
      const {
        partnerId,
        userId,
        status,
        previousStatus = null,
        commissionBasisPoints = null,
        reason = null,
        at,
      } = change;
      const content = partnerStatusNotice({
        partnerId,
        status,
        previousStatus,
        commissionBasisPoints,
        reason,
      });
      if (content) await tell(manager, outbox, { userId, content, dedupeKey: `${partnerId}/${at}` });
    },
    partnerRegistered: (manager, outbox, partner) => {
      const { partnerId: dedupeKey, userId, reviewerIds = [] } = partner;
      const reviewers = reviewerIds.filter((id) => id !== userId);
      const notices = [
        { userId, content: partnerRegistered(partner, false), actorId: null, dedupeKey },
        ...reviewers.map((id) => ({
          userId: id,
          content: partnerRegistered(partner, true),
          actorId: null,
          dedupeKey,
        })),
      ];
      return notify(manager, outbox, notices, clock.now());
    },
    partnerUpdated: (manager, outbox, partner, { at }) => {
      const { partnerId, userId } = partner;
      const dedupeKey = `${partnerId}/${at.toISOString()}`;
      return tell(manager, outbox, { userId, content: partnerUpdated(partner), dedupeKey });
    },
    securityAlert: (manager, outbox, alert) => {
      const { userId, kind, at } = alert;
      return tell(manager, outbox, { userId, content: securityAlert(alert), dedupeKey: `${kind}/${at}` });
    },
    emailVerificationRequested: (manager, outbox, { userId, token, ...request }) => {
      const context = tokenContext('emailVerificationRequested', userId);
      const content = secretContentOf(emailVerificationType, {}, secretOf(token, context, request));
      return tell(manager, outbox, { userId, content, dedupeKey: keyOf(token) });
    },
    passwordResetRequested: (manager, outbox, { userId, token, ...request }) => {
      const context = tokenContext('passwordResetRequested', userId);
      const content = secretContentOf(passwordResetType, {}, secretOf(token, context, request));
      return tell(manager, outbox, { userId, content, dedupeKey: keyOf(token) });
    },
  };
}

function secretOf(
  sealed: string,
  context: string,
  request: { email: string; locale: string; expiresAt: string },
): SealedVariable {
  const { email: address, locale, expiresAt } = request;
  return { sealed, context, address, locale, expiresAt: new Date(expiresAt) };
}

/** Recognizes a token that was sealed once: sealing it again gives another text. */
function keyOf(sealed: string): string {
  return createHash('sha256').update(sealed).digest('base64url');
}

/** The handler of social's own fan-out messages. */
export function fanOutHandlers(database: Database, graph: GraphStore, clock: Clock): MessageHandlers {
  return { [fanOutMessageName]: createFanOutHandler(database, graph, clock) };
}

/** Handles a batch of fan-out messages. One query loads the followers for all of them. */
function createFanOutHandler(database: Database, graph: GraphStore, clock: Clock): BatchMessageHandler {
  return {
    parallel: () => Number.POSITIVE_INFINITY,
    size: () => maxFanOutBatch,
    handle: async (deliveries) => {
      const parsed = deliveries.map(({ body }) => purchaseFanOut.safeParse(body));
      const fanOuts = parsed.flatMap(({ data }) => data ?? []);
      const pages = await graph.followers(
        fanOuts.map(({ userId, after }) => ({ userId, after, limit: followersPerPage })),
      );
      const pageByFanOut = new Map(fanOuts.map((fanOut, index) => [fanOut, pages[index] ?? []]));
      return settleEach(parsed, async ({ data: fanOut, error }) => {
        if (error) throw error;
        const page = pageByFanOut.get(fanOut) ?? [];
        if (page.length === 0) return;
        await database.transact((manager, outbox) =>
          notifyFollowerPage(manager, outbox, fanOut, page, clock.now()),
        );
      });
    },
  };
}
