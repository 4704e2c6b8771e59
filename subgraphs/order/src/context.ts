import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import type { AccountPort } from './domain/account-port.js';
import type { CatalogPort } from './domain/catalog-port.js';
import type { GuestCartLimits } from './domain/cart/guest-cart.js';
import type { TicketLinks } from './domain/ticket/ticket-link.js';
import type { TokenSigner } from './domain/token/token-signer.js';
import type { Loaders } from './loaders.js';
import type { CheckoutControl } from './saga/checkout-control.js';
import type { CancellationStarter } from './saga/cancellation-starter.js';
import type { CheckoutStarter } from './saga/checkout-starter.js';

/** Context of order's resolvers. */
export interface Context extends RequestContext {
  database: Database;
  catalog: CatalogPort;
  account: AccountPort;
  checkouts: CheckoutStarter;
  checkoutControl: CheckoutControl;
  cancellations: CancellationStarter;
  /** Digest of the client's network; null if unknown. */
  clientNetwork: string | null;
  guestCarts: GuestCartLimits;
  /** Change notifications of all order processes. */
  changes: ChangeNotifications;
  clock: Clock;
  tokenSigner: TokenSigner;
  ticketLinks: TicketLinks;
  /** Loaders of this request. */
  loaders: Loaders;
}
