import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import type { CatalogPort } from './domain/catalog-port.js';
import type { GuestCartLimits } from './domain/cart/guest-cart.js';
import type { TokenSigner } from './domain/token/token-signer.js';
import type { Loaders } from './loaders.js';
import type { CheckoutControl } from './saga/checkout-control.js';
import type { CancellationStarter } from './saga/cancellation-starter.js';
import type { CheckoutStarter } from './saga/checkout-starter.js';

/** What order's resolvers work with. */
export interface Context extends RequestContext {
  database: Database;
  catalog: CatalogPort;
  checkouts: CheckoutStarter;
  checkoutControl: CheckoutControl;
  cancellations: CancellationStarter;
  /** Digest of the network that the request came from; null where it is not known. */
  clientNetwork: string | null;
  guestCarts: GuestCartLimits;
  /** What changes at order, in all of its processes. */
  changes: ChangeNotifications;
  clock: Clock;
  tokenSigner: TokenSigner;
  /** One set for each request. */
  loaders: Loaders;
}
