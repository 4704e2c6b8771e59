import pino from 'pino';
import { runReconciliation } from '@souk/payment/domain/reconciliation-run';
import { cardNumber, expectNothingThatPays, wholeDatabase } from '../../../tests/support/card-secrets.js';
import { refund } from './support/books.js';
import { PaymentHouse, webhookSecret } from './support/payment-house.js';

let house: PaymentHouse;
const logged: string[] = [];

beforeAll(async () => {
  house = await PaymentHouse.open({ timeoutMs: 1_500 });
  // Everything that the log would say at its most talkative.
  const { log } = house.subgraph.dependencies;
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => void logged.push(line) } });
  log.level = 'trace';
});
afterAll(() => house.close());

it('neither the database, nor the log, nor an error holds a card, a client secret or a key', async () => {
  const answers: unknown[] = [];
  const waiting = await house.pay(null);
  const id = await house.idOf(waiting);
  const secret = (await house.subgraph.run(`{ payment(id: "${id}") { clientSecret } }`, {}, waiting.buyer))
    .data as unknown as { payment: { clientSecret: string } };
  expect(secret.payment.clientSecret).toMatch(/_secret_/);

  // What goes well, what is declined, what a buyer types in the wrong place.
  answers.push(await house.confirm(waiting, id, 'pm_card_chargeDeclined'));
  answers.push(await house.confirm(waiting, id, cardNumber));
  answers.push(await house.confirm(waiting, id, `pm_${cardNumber}`));
  answers.push(await house.confirm(waiting, id, 'pm_doesNotExist'));
  answers.push((await house.pay(cardNumber)).outcome);
  answers.push((await house.pay(`pm_${cardNumber}`)).outcome);
  answers.push((await house.pay('pm_card_visa', { returnUrl: cardNumber })).outcome);
  answers.push(await house.confirm(waiting, id, 'pm_card_visa'));
  answers.push(await refund(house, id, { amount: 1, reason: `to ${cardNumber}` }));
  answers.push(await refund(house, id, { amount: 100 }));

  // What goes wrong with Stripe, whose errors carry the intent with its secret.
  for (const fault of [
    { kind: 'error500' },
    { kind: 'error500_after', count: 20 },
    { kind: 'timeout_after', path: '/v1/payment_intents/*/confirm' },
    { kind: 'reset', count: 8 },
    { kind: 'rate_limit', count: 4 },
  ]) {
    await house.control('/faults', { count: 1, method: 'POST', ...fault });
    answers.push((await house.pay('pm_card_visa')).outcome);
    await house.clearFaults();
  }
  await house.undo(waiting.sagaId);
  await runReconciliation(house.desk, 1);
  await fetch(house.webhookUrl, {
    method: 'POST',
    headers: { 'stripe-signature': `t=1,v1=${webhookSecret}` },
    body: `{"card":"${cardNumber}"}`,
  });

  expect(logged.length).toBeGreaterThan(10);
  const database = await wholeDatabase(house.desk.database.reader);
  expect(database).toContain('payment_event: ');
  for (const [where, text] of Object.entries({
    database,
    log: logged.join('\n'),
    answers: JSON.stringify(answers),
  })) {
    expectNothingThatPays(where, text);
  }
});
