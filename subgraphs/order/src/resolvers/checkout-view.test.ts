import { failureOf, publicError, sagaStatusOf } from './checkout-view.js';

const failure = { code: 'CONFLICT', message: 'No.', field: null, typename: 'InputError', details: {} };

describe('a failure', () => {
  it('keeps the type that this subgraph has, with its details', () => {
    const details = { expected: { amount: 1, currency: 'EUR' }, actual: { amount: 2, currency: 'EUR' } };
    const changed = { ...failure, code: 'PRICE_CHANGED', typename: 'PriceChangedError', details };
    expect(failureOf(changed)).toEqual(changed);
  });

  it("becomes an InputError where the type is another subgraph's, or is not whole", () => {
    const declined = {
      ...failure,
      code: 'PAYMENT_DECLINED',
      typename: 'PaymentDeclinedError',
      details: { declineCode: 'x' },
    };
    expect(failureOf(declined)).toEqual({ ...failure, code: 'PAYMENT_DECLINED' });
    expect(failureOf({ ...failure, typename: 'SeatUnavailableError' })).toEqual(failure);
  });

  it('has a code of this subgraph', () => {
    expect(failureOf({ ...failure, code: 'UPC_TAKEN' }).code).toBe('CONFLICT');
  });
});

describe("a step's error", () => {
  it.each([
    ['PAYMENT_DECLINED: The card was declined.', 'PAYMENT_DECLINED'],
    ['connect ECONNREFUSED 10.0.0.7:5432', 'A temporary error.'],
    ['ECONNREFUSED: 10.0.0.7', 'A temporary error.'],
    ['SERVICE_UNAVAILABLE: redis at 10.0.0.7', 'A temporary error.'],
  ])('%s', (error, shown) => {
    expect(publicError(error)).toBe(shown);
  });
});

it('an awaited payment is a saga that waits', () => {
  expect(sagaStatusOf('AWAITING_PAYMENT')).toBe('WAITING');
});
