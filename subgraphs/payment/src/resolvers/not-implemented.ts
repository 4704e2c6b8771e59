import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that return NOT_IMPLEMENTED; there are none. */
export const notImplemented: NotImplemented = [];
