import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that answer NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [];
