import type { NotImplemented } from '@souk/shared/graph/schema';

/** What answers NOT_IMPLEMENTED still: nothing. */
export const notImplemented: NotImplemented = [];
