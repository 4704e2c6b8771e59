import type { AnySagaDefinition } from '@souk/shared/saga/orchestrator';
import { deleteAccountSaga } from './delete-account.js';

/**
 * Every version of every saga that a row may have begun with. A running saga ends by its own version, so released versions
 * stay here.
 */
export const sagaDefinitions: readonly AnySagaDefinition[] = [deleteAccountSaga];
