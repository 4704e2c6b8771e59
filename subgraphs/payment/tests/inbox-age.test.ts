import { deleteExpiredProviderEvents } from '@souk/payment/domain/provider/provider-event';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { newId } from '@souk/shared/ids';
import { deleteOldOutcomes } from '@souk/shared/db/inbox-age';
import { until } from '../../../tests/support/until.js';
import { PaymentFixture } from './support/payment-fixture.js';

const step = 'PROCESS_PAYMENT';
const dayMs = 86_400_000;

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterAll(() => fixture.close());

/** A UUIDv7 created a number of days ago. */
function sagaOf(days: number): string {
  const made = (Date.now() - days * dayMs).toString(16).padStart(12, '0');
  return `${made.slice(0, 8)}-${made.slice(8)}${newId().slice(13)}`;
}

const sql = <Row>(query: string, values: unknown[] = []): Promise<Row[]> =>
  fixture.services.database.reader.query(query, values);

/** Ids of sagas that have stored outcomes. */
async function known(sagaIds: readonly string[]): Promise<string[]> {
  const rows = await sql<{ saga_id: string }>('SELECT saga_id FROM inbox WHERE saga_id = ANY($1)', [sagaIds]);
  return rows.map(({ saga_id: id }) => id);
}

describe('a command of an old saga', () => {
  it('is rejected: its earlier outcome may be deleted', async () => {
    const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const sagaId = sagaOf(91);
    // The queue retries it; the first try reports the reason.
    const command = fixture.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
    const heard = command.catch(() => null);
    const { outcome } = await until('a fault', () =>
      fixture.subgraph.replies.find((reply) => reply.sagaId === sagaId),
    );
    expect(outcome).toMatchObject({ error: expect.stringContaining('too long ago') as string });
    await expect(fixture.row(sagaId)).rejects.toThrow('no such payment');
    await heard;
  });

  it('runs within 90 days, and its undo at any time', async () => {
    const payload = fixture.payload(fixture.subgraph.user(), { paymentMethodToken: 'pm_card_visa' });
    const sagaId = sagaOf(89);
    const outcome = await fixture.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
    expect(outcome.kind).toBe('done');
    await expect(fixture.undo(sagaOf(400))).resolves.toEqual({ kind: 'done', output: { refunded: false } });
  });
});

describe('outcomes', () => {
  it('are deleted 100 days after their saga began, except those of waiting and running steps', async () => {
    const ids = {
      old: sagaOf(101),
      young: sagaOf(99),
      waiting: sagaOf(101),
      atWork: sagaOf(101),
      event: sagaOf(101),
    };
    const done = { outcome: { kind: 'done', output: {} } };
    const insert = (id: string, direction: string, outcome: object | null): Promise<unknown[]> =>
      sql(
        `INSERT INTO inbox (saga_id, step, direction, outcome, created_at)
         VALUES ($1, 'X', $2, $3, now() - interval '101 days')`,
        [id, direction, outcome && JSON.stringify(outcome)],
      );
    await insert(ids.old, 'do', done);
    await insert(ids.old, 'undo', done);
    await insert(ids.young, 'do', done);
    await insert(ids.waiting, 'do', { outcome: { kind: 'waiting', output: {} } });
    await insert(ids.atWork, 'do', null);
    await insert(ids.event, 'event', null);
    expect(await deleteOldOutcomes(fixture.services.database.reader, new Date())).toBe(3);
    expect((await known(Object.values(ids))).sort()).toEqual([ids.young, ids.waiting, ids.atWork].sort());
  });
});

test('provider events are deleted after 90 days', async () => {
  const [old, young] = [`evt_${newId()}`, `evt_${newId()}`];
  await sql(
    `INSERT INTO provider_event (id, type, at, received_at)
     VALUES ($1, 'x', now(), now() - interval '91 days'), ($2, 'x', now(), now() - interval '89 days')`,
    [old, young],
  );
  expect(await deleteExpiredProviderEvents(fixture.services.database.reader, new Date())).toBe(1);
  expect(await sql('SELECT id FROM provider_event WHERE id = ANY($1)', [[old, young]])).toEqual([
    { id: young },
  ]);
});
