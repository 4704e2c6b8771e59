import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { Log } from '@souk/shared/log';
import type { CardProvider } from '../provider/card-provider.js';
import type { ProviderLimits } from '../provider/provider-limits.js';
import type { ManualTerms } from './manual-terms.js';

/** Dependencies of operations that call the provider between two transactions. */
export interface PaymentServices {
  database: Database;
  cards: CardProvider;
  clock: Clock;
  log: Log;
  /** Accounts that buyers transfer money to when they do not pay by card. */
  manual: ManualTerms;
  limits: ProviderLimits;
}
