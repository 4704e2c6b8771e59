import { PaymentEventEntity } from './entities/payment-event.js';
import { PaymentEntity } from './entities/payment.js';
import { ProviderEventEntity } from './entities/provider-event.js';
import { RefundEntity } from './entities/refund.js';
import { Payment1763600400000 } from './migrations/1763600400000-payment.js';

/** The rows of payment's database. */
export const entities = [PaymentEntity, PaymentEventEntity, RefundEntity, ProviderEventEntity];

/** How that database came to be, in order. */
export const migrations = [Payment1763600400000];
