import { DisputeEntity } from './entities/dispute.js';
import { LedgerEntryEntity } from './entities/ledger-entry.js';
import { PaymentEventEntity } from './entities/payment-event.js';
import { PaymentShareEntity } from './entities/payment-share.js';
import { PaymentEntity } from './entities/payment.js';
import { ProviderEventEntity } from './entities/provider-event.js';
import { RefundEntity } from './entities/refund.js';
import { LedgerSigns1764900000000 } from './migrations/1764900000000-ledger-signs.js';
import { LedgerDays1796058300000 } from './migrations/1796058300000-ledger-days.js';
import { Payment1763600400000 } from './migrations/1763600400000-payment.js';
import { Books1764100000000 } from './migrations/1764100000000-books.js';
import { ProviderLimits1764700000000 } from './migrations/1764700000000-provider-limits.js';
import { RefundParts1796057300000 } from './migrations/1796057300000-refund-parts.js';
import { Returns1765000000000 } from './migrations/1765000000000-returns.js';
import { ProviderEventEnd1764800300000 } from './migrations/1764800300000-provider-event-end.js';

/** Entities of payment's database. */
export const entities = [
  PaymentEntity,
  PaymentEventEntity,
  PaymentShareEntity,
  RefundEntity,
  DisputeEntity,
  LedgerEntryEntity,
  ProviderEventEntity,
];

/** Migrations of payment's database, in order. */
export const migrations = [
  Payment1763600400000,
  Books1764100000000,
  ProviderLimits1764700000000,
  ProviderEventEnd1764800300000,
  LedgerSigns1764900000000,
  Returns1765000000000,
  RefundParts1796057300000,
  LedgerDays1796058300000,
];
