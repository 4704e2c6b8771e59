import type { RequestContext } from '@souk/shared/graph/context';
import type { CardDesk } from './domain/card-desk.js';
import type { RefundPolicy } from './domain/refund-request.js';
import type { Loaders } from './loaders.js';

/** What payment's resolvers know of the request. */
export interface Context extends RequestContext {
  /** Its statements end with the request. */
  desk: CardDesk;
  /**
   * For what must be finished once the provider was asked, whether or not the client still waits: a caller who goes away
   * must not escape the count of their declined cards.
   */
  settlementDesk: CardDesk;
  loaders: Loaders;
  /** Digest of the network that the request came from. */
  clientNetwork: string | null;
  /** For Stripe.js. */
  publishableKey: string;
  refundPolicy: RefundPolicy;
}
