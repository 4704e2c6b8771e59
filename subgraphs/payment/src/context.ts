import type { RequestContext } from '@souk/shared/graph/context';
import type { PaymentServices } from './domain/payment/payment-services.js';
import type { RefundPolicy } from './domain/refund/refund-request.js';
import type { Loaders } from './loaders.js';

/** What payment's resolvers know of the request. */
export interface Context extends RequestContext {
  /** Its statements end with the request. */
  services: PaymentServices;
  /**
   * For what must be finished once the provider was asked, whether or not the client still waits: a caller who goes
   * away must not escape the count of their declined cards.
   */
  settlementServices: PaymentServices;
  loaders: Loaders;
  /** Digest of the network that the request came from. */
  clientNetwork: string | null;
  /** For Stripe.js. */
  publishableKey: string;
  refundPolicy: RefundPolicy;
}
