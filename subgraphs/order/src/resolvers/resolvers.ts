import type { Resolvers } from '../generated/resolvers.js';
import { cartResolvers } from './cart.js';
import { checkoutResolvers } from './checkout.js';
import { liveResolvers } from './live.js';
import { orderResolvers } from './order.js';
import { tokenResolvers } from './token.js';
import { entityResolvers } from './user.js';

/** All of order's resolvers. */
export const resolvers: Resolvers = {
  Query: {
    ...cartResolvers.Query,
    ...checkoutResolvers.Query,
    ...orderResolvers.Query,
    ...tokenResolvers.Query,
  },
  Mutation: { ...cartResolvers.Mutation, ...checkoutResolvers.Mutation, ...orderResolvers.Mutation },
  Subscription: liveResolvers,
  Cart: cartResolvers.Cart,
  CartItem: cartResolvers.CartItem,
  Checkout: checkoutResolvers.Checkout,
  SagaStep: checkoutResolvers.SagaStep,
  Order: orderResolvers.Order,
  OrderItem: orderResolvers.OrderItem,
  OrderEvent: orderResolvers.OrderEvent,
  PurchaseToken: tokenResolvers.PurchaseToken,
  ...entityResolvers,
};
