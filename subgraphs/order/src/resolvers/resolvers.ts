import { mergeResolvers } from '@souk/shared/graph/merge-resolvers';
import type { Resolvers } from '../generated/resolvers.js';
import { cartResolvers } from './cart.js';
import { checkoutResolvers } from './checkout.js';
import { liveResolvers } from './live.js';
import { orderResolvers } from './order.js';
import { redemptionResolvers } from './redemption.js';
import { shipmentResolvers } from './shipment.js';
import { statisticsResolvers } from './statistics.js';
import { tokenTransferResolvers } from './token-transfer.js';
import { tokenResolvers } from './token.js';
import { entityResolvers } from './user.js';

/** All resolvers of order. */
export const resolvers: Resolvers = mergeResolvers(
  cartResolvers,
  checkoutResolvers,
  liveResolvers,
  orderResolvers,
  shipmentResolvers,
  tokenResolvers,
  redemptionResolvers,
  tokenTransferResolvers,
  statisticsResolvers,
  entityResolvers,
);
