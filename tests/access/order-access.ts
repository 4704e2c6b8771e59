import type { AccessObjects } from './access-objects.js';
import type { AccessRow, AccessTable } from './access-row.js';
import {
  alone,
  because,
  everybody,
  except,
  field,
  holders,
  operation,
  owner,
  seller,
  signedIn,
} from './access-row.js';

type Variables = Record<string, unknown>;

const idOfOrder = async (o: AccessObjects): Promise<Variables> => ({ id: (await o.order()).id });
const idOfCheckout = async (o: AccessObjects): Promise<Variables> => ({ id: (await o.order()).checkoutId });
const codeOfToken = async (o: AccessObjects): Promise<Variables> => ({ code: (await o.order()).code });
const idOfOfferedToken = async (o: AccessObjects): Promise<Variables> => ({
  tokenId: (await o.offeredToken()).tokenId,
});
const listingOfToken = async (o: AccessObjects): Promise<Variables> => {
  await o.order();
  return { listingId: (await o.offer()).listingId };
};
const payment = { method: 'BANK_TRANSFER' };
const reason = 'A test.';

/** A field about a user's purchases. */
function privateField(): AccessRow {
  return field('user(id: $id)', owner('FORBIDDEN', ['orders:manage']), async (o) => {
    await Promise.all([o.cart(), o.order()]);
    return { id: await o.ownerId() };
  });
}

/** The owner of a cart alone; an anonymous caller may have a cart too. */
const ownerOfCart = except(owner('NOT_FOUND'), { anonymous: 'NOT_FOUND' });
/** Readers of a token: its holder, the seller, those who scan, those who manage orders. */
const readersOfToken = except(owner('null', ['orders:manage', 'tickets:validate']), { partner: 'OK' });
const nothingNeedsAttention = because(
  'nothing needs attention',
  holders(['orders:manage'], 'ILLEGAL_TRANSITION'),
);

/** The access to order's operations and private fields. */
export const orderAccess: AccessTable = {
  'Query.cart': operation(except(owner('null'), { anonymous: 'null' }), async (o) => ({
    id: (await o.cart()).cartId,
  })),
  "Query.cart (a guest's)": operation(everybody(), async (o) => ({ id: (await o.guestCart()).cartId })),
  'Query.order': operation(owner('null', ['orders:manage']), idOfOrder),
  'Query.orders': operation(holders(['orders:manage'])),
  'Query.checkout': operation(owner('null', ['orders:manage']), idOfCheckout),
  'Query.checkouts': operation(holders(['orders:manage'])),
  'Query.purchaseToken': operation(readersOfToken, codeOfToken),
  'Query.tokenVerificationKeys': operation(everybody()),
  'Query.gateManifest': operation(seller('null', ['tickets:validate']), listingOfToken),

  'Subscription.checkoutUpdated': operation(owner('FORBIDDEN', ['orders:manage']), idOfCheckout),
  'Subscription.orderUpdated': operation(owner('FORBIDDEN', ['orders:manage']), idOfOrder),

  'Query.platformAnalytics': operation(holders(['analytics:read'])),

  'User.cart': privateField(),
  'User.orders': privateField(),
  'User.tokens': privateField(),
  'User.offeredTokens': privateField(),
  'User.purchaseStatistics': field('user(id: $id)', owner('FORBIDDEN', ['analytics:read']), async (o) => {
    await o.order();
    return { id: await o.ownerId() };
  }),
  'Listing.sales': field('listing(id: $id)', seller('FORBIDDEN', ['analytics:read']), async (o) => ({
    id: (await o.offer()).listingId,
  })),
  'Partner.sales': field('partner(id: $id)', seller('FORBIDDEN', ['analytics:read']), async (o) => ({
    id: await o.partnerId(),
  })),
  'Partner.linesToShip': field('partner(id: $id)', seller('FORBIDDEN', ['orders:manage']), async (o) => ({
    id: await o.partnerId(),
  })),
  'Cart.checkout': field('cart(id: $id)', except(owner('null'), { anonymous: 'null' }), async (o) => ({
    id: (await o.lockedCart()).cartId,
  })),
  'Checkout.cart': field('checkout(id: $id)', owner('null'), async (o) => ({
    id: (await o.lockedCart()).checkoutId,
  })),
  'PurchaseToken.code': field('purchaseToken(code: $code)', readersOfToken, codeOfToken),
  'PurchaseToken.signedPayload': field('purchaseToken(code: $code)', readersOfToken, codeOfToken),
  'PurchaseToken.qrCode': field('purchaseToken(code: $code)', readersOfToken, codeOfToken),
  'PurchaseToken.ticketPdfUrl': field(
    'purchaseToken(code: $code)',
    owner('null', ['orders:manage']),
    codeOfToken,
  ),
  'PurchaseToken.calendarUrl': field(
    'purchaseToken(code: $code)',
    because('licenses have no calendar file', signedIn('null')),
    codeOfToken,
  ),
  'PurchaseToken.offeredTo': field(
    'purchaseToken(code: $code)',
    owner('null', ['orders:manage']),
    async (o) => ({ code: (await o.offeredToken()).code }),
  ),
  'PurchaseToken.order': field(
    'purchaseToken(code: $code)',
    alone(except(readersOfToken, { partner: 'FORBIDDEN' }), { 'tickets:validate': 'FORBIDDEN' }),
    codeOfToken,
  ),

  'Mutation.addToCart': operation(everybody(), async (o) => ({
    item: { offerId: (await o.offer()).offerId },
  })),
  "Mutation.addToCart (the owner's)": operation(ownerOfCart, async (o) => ({
    cartId: (await o.cart()).cartId,
    item: { offerId: (await o.offer()).offerId },
  })),
  "Mutation.addToCart (a guest's)": operation(everybody(), async (o) => ({
    cartId: (await o.guestCart()).cartId,
    item: { offerId: (await o.offer()).offerId },
  })),
  'Mutation.updateCartItem': operation(ownerOfCart, async (o) => ({ ...(await o.cart()), quantity: 2 })),
  'Mutation.removeCartItem': operation(ownerOfCart, async (o) => ({ ...(await o.cart()) })),
  'Mutation.clearCart': operation(ownerOfCart, async (o) => ({ cartId: (await o.cart()).cartId })),
  'Mutation.mergeCart': operation(owner('NOT_FOUND'), async (o) => ({ cartId: (await o.cart()).cartId })),
  "Mutation.mergeCart (a guest's)": operation(signedIn(), async (o) => ({
    cartId: (await o.guestCart()).cartId,
  })),
  'Mutation.checkout': operation(owner('NOT_FOUND'), async (o) => ({
    input: { cartId: (await o.cart()).cartId, idempotencyKey: crypto.randomUUID(), payment },
  })),
  'Mutation.createOrder': operation(signedIn(), async (o) => ({
    input: {
      items: [{ offerId: (await o.offer()).offerId }],
      idempotencyKey: crypto.randomUUID(),
      payment,
    },
  })),
  'Mutation.cancelCheckout': operation(owner('NOT_FOUND', ['orders:manage']), async (o) => ({
    id: (await o.unpaid('BANK_TRANSFER')).checkoutId,
  })),
  'Mutation.cancelOrder': operation(owner('NOT_FOUND', ['orders:manage']), async (o) => ({
    id: (await o.order()).id,
    reason,
    idempotencyKey: crypto.randomUUID(),
  })),
  'Mutation.cancelOrderItems': operation(owner('NOT_FOUND', ['orders:manage']), async (o) => {
    const { id: orderId, itemId } = await o.order();
    return { orderId, items: [{ itemId, quantity: 1 }], reason, idempotencyKey: crypto.randomUUID() };
  }),
  'Mutation.updateOrderStatus': operation(holders(['orders:manage']), async (o) => ({
    id: (await o.shipment()).id,
    status: 'PROCESSING',
  })),
  'Mutation.markShipped': operation(
    except(seller('NOT_FOUND', ['orders:manage']), { owner: 'NOT_OWNER' }),
    async (o) => {
      const { id, itemId } = await o.shipment();
      const items = [{ itemId, quantity: 1 }];
      return { orderId: id, items, carrier: 'DHL', idempotencyKey: crypto.randomUUID() };
    },
  ),
  'Mutation.endCheckouts': operation(holders(['orders:manage']), async (o) => ({ userId: await o.user() })),
  'Mutation.retryCheckout': operation(nothingNeedsAttention, idOfCheckout),
  'Mutation.resolveCheckout': operation(nothingNeedsAttention, async (o) => ({
    ...(await idOfCheckout(o)),
    note: reason,
  })),

  'Mutation.redeemToken': operation(
    except(seller('TOKEN_UNKNOWN', ['tickets:validate']), { owner: 'NOT_OWNER' }),
    async (o) => ({ ...(await codeOfToken(o)), nonce: 'A scan' }),
  ),
  'Mutation.uploadScans': operation(seller('NOT_FOUND', ['tickets:validate']), async (o) => ({
    ...(await listingOfToken(o)),
    scans: [{ ...(await codeOfToken(o)), nonce: 'A scan', admittedAt: new Date().toISOString() }],
  })),
  'Mutation.revokeToken': operation(holders(['orders:manage']), async (o) => ({
    ...(await codeOfToken(o)),
    reason,
  })),
  'Mutation.offerTokenTransfer': operation(owner('TOKEN_UNKNOWN'), async (o) => ({
    ...(await codeOfToken(o)),
    toEmail: (await o.people.newUser()).email,
  })),
  'Mutation.acceptTokenTransfer': operation(
    except(signedIn('NOT_FOUND'), { administrator: 'OK' }, 'the token is offered to the administrator'),
    idOfOfferedToken,
  ),
  'Mutation.withdrawTokenTransfer': operation(owner('NOT_FOUND'), idOfOfferedToken),
};
