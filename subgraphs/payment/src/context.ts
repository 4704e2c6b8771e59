import type { RequestContext } from '@souk/shared/graph/context';
import type { PaymentServices } from './domain/payment/payment-services.js';
import type { RefundPolicy } from './domain/refund/refund-request.js';
import type { Loaders } from './loaders.js';

/** Request context of payment's resolvers. */
export interface Context extends RequestContext {
  /** Services whose database statements are cancelled with the request. */
  services: PaymentServices;
  /**
   * Services for work that must complete after a provider call, even if the client disconnects: disconnecting must not
   * avoid the count of declined cards.
   */
  settlementServices: PaymentServices;
  loaders: Loaders;
  /** Digest of the client's network; null if unknown. */
  clientNetwork: string | null;
  /** For Stripe.js. */
  publishableKey: string;
  refundPolicy: RefundPolicy;
  /** Order's timeout of a card payment in minutes, shown to buyers. */
  cardTimeoutMinutes: number;
}
