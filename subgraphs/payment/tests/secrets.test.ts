import pino from 'pino';
import { runReconciliation } from '@souk/payment/domain/reconciliation/reconciliation-run';
import { cardNumber, expectNothingThatPays, wholeDatabase } from '../../../tests/support/card-secrets.js';
import { refund } from './support/ledger.js';
import { PaymentFixture, webhookSecret } from './support/payment-fixture.js';

let fixture: PaymentFixture;
const logged: string[] = [];

beforeAll(async () => {
  fixture = await PaymentFixture.open({ timeoutMs: 1_500 });
  // Captures the log at its most verbose level.
  const { log } = fixture.subgraph.dependencies;
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => void logged.push(line) } });
  log.level = 'trace';
});
afterAll(() => fixture.close());

it('neither the database, the log nor an error contains a card number, a client secret or a key', async () => {
  const answers: unknown[] = [];
  const waiting = await fixture.pay(null);
  const id = await fixture.idOf(waiting);
  const secret = (await fixture.subgraph.run(`{ payment(id: "${id}") { clientSecret } }`, {}, waiting.buyer))
    .data as unknown as { payment: { clientSecret: string } };
  expect(secret.payment.clientSecret).toMatch(/_secret_/);

  // Successes, declines, and card numbers in the wrong field.
  answers.push(await fixture.confirm(waiting, id, 'pm_card_chargeDeclined'));
  answers.push(await fixture.confirm(waiting, id, cardNumber));
  answers.push(await fixture.confirm(waiting, id, `pm_${cardNumber}`));
  answers.push(await fixture.confirm(waiting, id, 'pm_doesNotExist'));
  answers.push((await fixture.pay(cardNumber)).outcome);
  answers.push((await fixture.pay(`pm_${cardNumber}`)).outcome);
  answers.push((await fixture.pay('pm_card_visa', { returnUrl: cardNumber })).outcome);
  answers.push(await fixture.confirm(waiting, id, 'pm_card_visa'));
  answers.push(await refund(fixture, id, { amount: 1, reason: `to ${cardNumber}` }));
  answers.push(await refund(fixture, id, { amount: 100 }));

  // Errors of Stripe, which contain the intent with its secret.
  for (const fault of [
    { kind: 'error500' },
    { kind: 'error500_after', count: 20 },
    { kind: 'timeout_after', path: '/v1/payment_intents/*/confirm' },
    { kind: 'reset', count: 8 },
    { kind: 'rate_limit', count: 4 },
  ]) {
    await fixture.control('/faults', { count: 1, method: 'POST', ...fault });
    answers.push((await fixture.pay('pm_card_visa')).outcome);
    await fixture.clearFaults();
  }
  await fixture.undo(waiting.sagaId);
  await runReconciliation(fixture.services, 1);
  await fetch(fixture.webhookUrl, {
    method: 'POST',
    headers: { 'stripe-signature': `t=1,v1=${webhookSecret}` },
    body: `{"card":"${cardNumber}"}`,
  });

  expect(logged.length).toBeGreaterThan(10);
  const database = await wholeDatabase(fixture.services.database.reader);
  expect(database).toContain('payment_event: ');
  for (const [where, text] of Object.entries({
    database,
    log: logged.join('\n'),
    answers: JSON.stringify(answers),
  })) {
    expectNothingThatPays(where, text);
  }
});
