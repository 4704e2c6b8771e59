import { newTransactionId } from '@souk/shared/saga/transaction-id';
import { newOrderNumber } from './codes.js';

describe('a code', () => {
  it('is of the form that people know', () => {
    expect(newOrderNumber()).toMatch(/^S-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(newTransactionId()).toMatch(/^SAGA-[0-9A-HJKMNP-TV-Z]{12}$/);
  });
});
