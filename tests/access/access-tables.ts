import { accountAccess } from './account-access.js';
import type { AccessTable } from './access-row.js';
import { orderAccess } from './order-access.js';
import { paymentAccess } from './payment-access.js';

/** The access matrix by subgraph. */
export const accessTables: Readonly<Record<string, AccessTable>> = {
  account: accountAccess,
  order: orderAccess,
  payment: paymentAccess,
};
