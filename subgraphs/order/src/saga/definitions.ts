import type { AnySagaDefinition } from '@souk/shared/saga/orchestrator';
import { cancelItemsSaga } from './cancel-items.js';
import { cancelOrderSaga, cancelOrderSagaV1 } from './cancel-order.js';
import { checkoutSagas } from './checkout.js';

/**
 * Every version of every saga that a row may have begun with. A running saga ends by its own version, so released versions
 * stay here; `released-sagas.json` records their steps, and a test compares them.
 */
export const sagaDefinitions: readonly AnySagaDefinition[] = [
  ...checkoutSagas,
  cancelOrderSagaV1,
  cancelOrderSaga,
  cancelItemsSaga,
];
