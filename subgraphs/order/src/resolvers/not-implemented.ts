import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that return NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [];
