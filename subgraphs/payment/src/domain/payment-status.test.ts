import type { StatusEvent } from './payment-status.js';
import { isOpen, isPaid, stateOf } from './payment-status.js';

const at = new Date('2026-01-01T00:00:00Z');

function event(type: StatusEvent['type'], rest: Partial<StatusEvent> = {}): StatusEvent {
  return { type, at, amount: null, code: null, message: null, providerRef: null, refundId: null, ...rest };
}

const created = event('CREATED', { amount: 100 });
const needsMethod = event('ACTION_REQUIRED', { code: 'payment_method' });
const needsBuyer = event('ACTION_REQUIRED', { code: 'authentication' });
const failed = event('FAILED', { code: 'insufficient_funds', message: 'No money.', providerRef: 'ch_1' });
const succeeded = event('SUCCEEDED', { amount: 100 });
const refunded = (amount: number, refundId: string) => event('REFUNDED', { amount, refundId });

describe('stateOf', () => {
  it.each([
    ['nothing', [], 'PENDING'],
    ['created', [created], 'PENDING'],
    ['waiting for a payment method', [created, needsMethod], 'PENDING'],
    ['waiting for the buyer', [created, needsBuyer], 'REQUIRES_ACTION'],
    ['processing', [created, event('AUTHORIZED')], 'PROCESSING'],
    ['paid', [created, succeeded], 'SUCCEEDED'],
    ['paid after a wait', [created, needsBuyer, succeeded], 'SUCCEEDED'],
    ['declined', [created, failed], 'FAILED'],
    ['declined and waiting for another try', [created, failed, needsMethod], 'PENDING'],
    ['cancelled', [created, needsMethod, event('CANCELLED')], 'CANCELLED'],
    ['expired', [created, needsMethod, event('EXPIRED')], 'EXPIRED'],
    ['money after the end', [created, event('CANCELLED'), succeeded], 'SUCCEEDED'],
    ['an end reported after the money', [created, succeeded, event('EXPIRED'), failed], 'SUCCEEDED'],
    ['a requested refund', [created, succeeded, event('REFUND_REQUESTED')], 'SUCCEEDED'],
    ['a part refunded', [created, succeeded, refunded(40, 'a')], 'PARTIALLY_REFUNDED'],
    ['all refunded in parts', [created, succeeded, refunded(40, 'a'), refunded(60, 'b')], 'REFUNDED'],
    [
      'one refund reported twice',
      [created, succeeded, refunded(60, 'a'), refunded(60, 'a')],
      'PARTIALLY_REFUNDED',
    ],
    [
      'a refund that failed afterwards',
      [created, succeeded, refunded(100, 'a'), event('REFUND_FAILED', { refundId: 'a' })],
      'SUCCEEDED',
    ],
    ['disputed', [created, succeeded, event('DISPUTE_OPENED')], 'DISPUTED'],
    ['a dispute won', [created, succeeded, event('DISPUTE_OPENED'), event('DISPUTE_WON')], 'SUCCEEDED'],
    ['a dispute lost', [created, succeeded, event('DISPUTE_OPENED'), event('DISPUTE_LOST')], 'DISPUTED'],
  ] as const)('%s', (_what, events, status) => {
    expect(stateOf(100, events).status).toBe(status);
  });

  it('sums completed refunds', () => {
    expect(stateOf(100, [created, succeeded, refunded(40, 'a'), refunded(25, 'b')]).refunded).toBe(65);
  });

  it('contains the last failure until the payment succeeds', () => {
    const waiting = stateOf(100, [created, failed, needsMethod]);
    expect(waiting).toMatchObject({
      failureCode: 'insufficient_funds',
      failureMessage: 'No money.',
      failureRef: 'ch_1',
      requiredAction: 'payment_method',
    });
    expect(stateOf(100, [created, failed, needsMethod, succeeded])).toMatchObject({
      failureCode: null,
      failureMessage: null,
      requiredAction: null,
      succeededAt: at,
    });
  });

  it('distinguishes open and paid payments', () => {
    const open = stateOf(100, [created, needsBuyer]);
    expect([isOpen(open), isPaid(open)]).toEqual([true, false]);
    const ended = stateOf(100, [created, event('CANCELLED')]);
    expect([isOpen(ended), isPaid(ended)]).toEqual([false, false]);
    const gone = stateOf(100, [created, succeeded, refunded(100, 'a')]);
    expect([isOpen(gone), isPaid(gone)]).toEqual([false, true]);
  });
});
