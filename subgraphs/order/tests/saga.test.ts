import { Database } from '@souk/shared/db/database';
import type { Json } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Message } from '@souk/shared/message';
import type { CommandEnvelope, StepReply } from '@souk/shared/contracts/saga-envelope';
import { commandEnvelope } from '@souk/shared/contracts/saga-envelope';
import { Orchestrator } from '@souk/shared/saga/orchestrator';
import { openDataSource } from '@souk/shared/db/data-source';
import { createLog } from '@souk/shared/log';
import type { DataSource } from 'typeorm';
import { deliverMessage } from '../../../tests/support/message-delivery.js';
import { migratedDatabase } from '../../../tests/support/database-template.js';
import { entities, migrations } from '../src/database.js';
import { CartItemEntity } from '../src/entities/cart.js';
import { SagaEntity } from '../src/entities/saga.js';
import { checkoutSaga } from '../src/saga/checkout.js';
import { CheckoutStarter } from '../src/saga/checkout-starter.js';
import { sagaStore } from '../src/saga/saga-store.js';

// Runs the orchestrator on order's tables in several processes. There is no queue; the tests inspect the
// outbox.

const log = createLog('test', 'silent');
let source: DataSource;
let sent: Message[];
let time: Date;
const clock = { now: (): Date => time };

beforeAll(async () => {
  source = await openDataSource({
    url: await migratedDatabase('order', { entities, migrations }),
    applicationName: 'test-saga',
    poolSize: 20,
    entities,
    migrations,
  });
});

afterAll(() => source.destroy());

beforeEach(() => {
  sent = [];
  time = new Date();
});

/** A separate order process. */
function process_(): { orchestrator: Orchestrator; checkouts: CheckoutStarter; database: Database } {
  const database = new Database(source, (messages) => Promise.resolve(void sent.push(...messages)), log);
  const orchestrator = new Orchestrator({
    database,
    store: sagaStore,
    owner: 'order',
    definitions: [checkoutSaga],
    clock,
    log,
  });
  const offer = {
    offerId: newId(),
    listingId: newId(),
    title: 'A thing',
    upc: null,
    unitAmount: 1_000,
    currency: 'EUR',
    maxPerOrder: 10,
    seated: false,
    fulfilment: 'LICENCE' as const,
    salesStartAt: null,
    salesEndAt: null,
    onSale: true,
    available: null,
  };
  const catalog = {
    findSeats: () => Promise.resolve(new Map()),
    findAdmission: () => Promise.resolve(null),
    findSellers: () => Promise.resolve(new Map()),
    find: () => Promise.resolve([offer]),
    holdSeats: () => Promise.resolve(),
    releaseSeats: () => Promise.resolve(),
  };
  const checkouts = new CheckoutStarter({
    database,
    orchestrator,
    catalog,
    clock,
    paymentTimeoutMinutes: () => 30,
    maxOpen: 5_000,
    buyerBounds: { maxOpenPerBuyer: 10, maxFailedPerHour: 0 },
  });
  return { orchestrator, checkouts, database };
}

const commands = (sagaId: string): CommandEnvelope[] =>
  sent.map(({ body }) => commandEnvelope.parse(body)).filter((envelope) => envelope.sagaId === sagaId);

const row = (id: string): Promise<SagaEntity> =>
  source.manager.createQueryBuilder(SagaEntity, 'saga').where('saga.id = :id', { id }).getOneOrFail();

async function started(): Promise<string> {
  const { checkoutId } = await process_().checkouts.fromItems(newId(), {
    idempotencyKey: newId(),
    payment: { method: 'CREDIT_CARD' },
    items: [{ upc: 'x' }],
  });
  return checkoutId;
}

const reply = (sagaId: string, position: number, outcome: StepReply): object => ({
  sagaId,
  transactionId: 'SAGA-X',
  position,
  direction: 'do',
  attempts: 1,
  outcome,
});

const validated: StepReply = { kind: 'done', output: { shippingAddress: null, locale: 'en' } };

const tell = (orchestrator: Orchestrator, body: object): Promise<void> =>
  deliverMessage(orchestrator.replies, body as Json);

async function waiting(minutes: number): Promise<string> {
  const id = await started();
  const { orchestrator } = process_();
  const { lines } = checkoutSaga.parseInput((await row(id)).input);
  const [line] = lines;
  await tell(orchestrator, reply(id, 0, validated));
  await tell(
    orchestrator,
    reply(id, 1, {
      kind: 'done',
      output: {
        lines: [
          {
            lineId: line?.lineId ?? '',
            offerId: line?.offerId ?? '',
            listingId: newId(),
            partnerId: null,
            title: 'A thing',
            upc: null,
            quantity: 1,
            unitPrice: { amount: 1_000, currency: 'EUR' },
            seatIds: [],
            fulfilment: 'LICENCE',
            validFrom: null,
            validUntil: null,
          },
        ],
        total: { amount: 1_000, currency: 'EUR' },
      },
    }),
  );
  const expiresAt = new Date(time.getTime() + minutes * 60_000).toISOString();
  await tell(orchestrator, reply(id, 2, { kind: 'waiting', output: { paymentId: newId() }, expiresAt }));
  return id;
}

describe('the version fence', () => {
  it('lets one of many processes advance a saga, also for repeated replies', async () => {
    const id = await started();
    const processes = Array.from({ length: 6 }, process_);
    await Promise.all(
      processes.flatMap(({ orchestrator }) => [
        tell(orchestrator, reply(id, 0, validated)),
        tell(orchestrator, reply(id, 0, validated)),
      ]),
    );
    expect(commands(id).map(({ command }) => command)).toEqual(['validateUser', 'reserveItems']);
    expect((await row(id)).version).toBe(2);
  });

  it('accepts one of two contradictory replies', async () => {
    const id = await started();
    const refusal: StepReply = {
      kind: 'rejected',
      rejection: {
        code: 'USER_NOT_ELIGIBLE',
        message: 'No.',
        field: null,
        typename: 'InputError',
        details: {},
      },
    };
    await Promise.all([
      tell(process_().orchestrator, reply(id, 0, validated)),
      tell(process_().orchestrator, reply(id, 0, refusal)),
    ]);
    const { status, version } = await row(id);
    const next = commands(id).map(({ command }) => command);
    expect([status, ...next]).toEqual(
      status === 'FAILED'
        ? ['FAILED', 'validateUser', 'tellFailure']
        : ['RUNNING', 'validateUser', 'reserveItems'],
    );
    expect(version).toBe(2);
  });

  it('rejects a write of an old version', async () => {
    const id = await started();
    await source.transaction(async (manager) => {
      const [record] = await sagaStore.lock(manager, [id]);
      if (!record) throw new Error('The saga is stored.');
      expect(await sagaStore.save(manager, [record])).toBe(1);
      expect(await sagaStore.save(manager, [record])).toBe(0);
    });
  });
});

describe('the sweep', () => {
  it('resends an unanswered command once, also with two concurrent sweeps', async () => {
    const id = await started();
    time = new Date(time.getTime() + 5_000);
    await process_().orchestrator.sweep();
    expect(commands(id)).toHaveLength(1);
    time = new Date(time.getTime() + 2_000);
    await Promise.all([process_().orchestrator.sweep(), process_().orchestrator.sweep()]);
    expect(commands(id).map(({ command }) => command)).toEqual(['validateUser', 'validateUser']);
  });

  it('does not end a wait that began after the sweep selected the saga', async () => {
    const id = await waiting(30);
    // The sweep selected the saga before it began to wait.
    const stale = { ...sagaStore, due: () => Promise.resolve([id]) };
    const { database } = process_();
    await new Orchestrator({
      database,
      store: stale,
      owner: 'order',
      definitions: [checkoutSaga],
      clock,
      log,
    }).sweep();
    expect((await row(id)).status).toBe('WAITING');
  });

  it('polls a pending payment, and ends it at its deadline', async () => {
    const id = await waiting(2);
    time = new Date(time.getTime() + 61_000);
    await process_().orchestrator.sweep();
    expect(
      commands(id)
        .map(({ command }) => command)
        .slice(-2),
    ).toEqual(['extendHold', 'processPayment']);
    expect((await row(id)).status).toBe('WAITING');
    time = new Date(time.getTime() + 60_000);
    await process_().orchestrator.sweep();
    expect(commands(id).at(-1)).toMatchObject({ command: 'revertPayment', direction: 'undo' });
    expect((await row(id)).status).toBe('COMPENSATING');
  });

  it('skips a saga that cannot be advanced', async () => {
    const [broken, id] = [await started(), await started()];
    await source.query(
      "UPDATE saga SET definition_version = 99, wake_at = now() - interval '1 hour' WHERE id = $1",
      [broken],
    );
    time = new Date(time.getTime() + 11_000);
    await process_().orchestrator.sweep();
    expect(commands(id)).toHaveLength(2);
    expect(commands(broken)).toHaveLength(1);
  });
});

it('a failed transaction leaves no rows and sends no commands', async () => {
  const before = await source.query<{ count: string }[]>('SELECT count(*) FROM customer_order');
  const { database, checkouts } = process_();
  const failing = jest.spyOn(sagaStore, 'insert').mockRejectedValueOnce(new Error('the power went off'));
  const call = checkouts.fromItems(newId(), {
    idempotencyKey: 'once',
    payment: { method: 'CREDIT_CARD' },
    items: [{ upc: 'x' }],
  });
  await expect(call).rejects.toThrow('the power went off');
  failing.mockRestore();
  await expect(source.query('SELECT count(*) FROM customer_order')).resolves.toEqual(before);
  await expect(database.reader.count(CartItemEntity)).resolves.toBe(0);
  expect(sent).toEqual([]);
});
