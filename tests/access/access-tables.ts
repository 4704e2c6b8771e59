import { accountAccess } from './account-access.js';
import type { AccessTable } from './access-row.js';
import { catalogAccess } from './catalog-access.js';
import { orderAccess } from './order-access.js';
import { paymentAccess } from './payment-access.js';
import { socialAccess } from './social-access.js';

/** The access matrix by subgraph. */
export const accessTables: Readonly<Record<string, AccessTable>> = {
  account: accountAccess,
  catalog: catalogAccess,
  order: orderAccess,
  payment: paymentAccess,
  social: socialAccess,
};
