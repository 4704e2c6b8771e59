import { systemClock } from '@souk/shared/clock';
import { openDataSource } from '@souk/shared/db/data-source';
import { Database } from '@souk/shared/db/database';
import { SharedTransaction } from '@souk/shared/db/shared-transaction';
import type { Log } from '@souk/shared/log';
import { createLog } from '@souk/shared/log';
import { connectQueues } from '@souk/shared/queue/connection';
import type { QueueConnection } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import type { BatchMessageHandler, MessageHandlers } from '@souk/shared/queue/message-worker';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import { Orchestrator } from '@souk/shared/saga/orchestrator';
import { IntervalJob } from '@souk/shared/async/interval-job';
import { entities, migrations } from '@souk/order/database';
import { sagaStore } from '@souk/order/saga/saga-store';
import * as batchSql from './batch-statements.js';
import type { Checkout, Ending } from './scenario.js';
import { commandHandler } from './souk-handlers.js';
import { benchSaga } from './souk-list.js';
import type { BenchInput } from './souk-list.js';
import type { Participant } from './statements.js';
import type { Variant, VariantOptions } from './variant.js';

// All contact with the engine is in this file and in souk-list.ts: its parts are put together here as a subgraph's
// app.ts and process do it, with the same intervals.

const poolSize = 10;
const concurrency = 10;
const sweepMs = 1_000;

/** The queue's store as a run has it. */
export type SoukQueue = 'redis' | 'postgres';

/** Dependencies that the participants of one process share. */
interface Connections {
  options: VariantOptions;
  queues: QueueConnection;
  sender: MessageSender;
  log: Log;
}

/** Something that runs, and can be stopped. */
interface Running {
  close(): Promise<void>;
}

/** Opens participants in this process, without the engine of the sagas. */
export async function openParticipants(
  names: readonly Participant[],
  options: VariantOptions,
  queue: SoukQueue,
): Promise<Running> {
  const connections = await openConnections(options, queue);
  const running = await Promise.all(names.map((name) => openParticipant(connections, name)));
  return { close: () => close(connections, running) };
}

/** Opens order, with the engine of the sagas, and with it the participants named in `beside`, in this process. */
export async function openSouk(
  options: VariantOptions,
  queue: SoukQueue,
  beside: readonly Participant[],
): Promise<Variant> {
  const connections = await openConnections(options, queue);
  const waiting = new Map<string, (ending: Ending) => void>();
  const endings = new Map<string, Ending>();
  const definition = benchSaga((sagaId, ending) => endings.set(sagaId, ending));
  const database = await openDatabase(connections, 'order');
  const orchestrator = new Orchestrator({
    database,
    store: sagaStore,
    owner: 'order',
    definitions: [definition],
    clock: systemClock,
    log: connections.log,
  });
  const reply: BatchMessageHandler = {
    ...orchestrator.replies,
    handle: async (deliveries) => {
      const faults = await orchestrator.replies.handle(deliveries);
      // Their transaction has committed: report the sagas that ended in it.
      for (const [sagaId, ending] of endings) {
        waiting.get(sagaId)?.(ending);
        waiting.delete(sagaId);
      }
      endings.clear();
      return faults;
    },
  };
  const order = await work(connections, 'order', database, {
    handlers: { command: commandHandler('order', database), reply },
    tasks: [() => orchestrator.sweep()],
  });
  const others = await Promise.all(beside.map((name) => openParticipant(connections, name)));
  const entries = new SharedTransaction<Checkout, null>({
    database,
    parallel: 2,
    work: async (manager, outbox, checkouts) => {
      await manager.query(batchSql.placeOrders, [
        checkouts.map(({ id }) => id),
        checkouts.map(({ buyerId }) => buyerId),
        checkouts.map(({ offerId }) => offerId),
        checkouts.map(({ quantity }) => quantity),
        checkouts.map(({ amount }) => amount),
      ]);
      const sagas = checkouts.map(({ id, buyerId, ...rest }) => {
        const input: BenchInput = { ...rest, orderId: id, userId: buyerId };
        return { id, transactionId: `SAGA-${id}`, input };
      });
      await orchestrator.start(manager, outbox, definition, sagas);
      return checkouts.map(() => ({ result: null }));
    },
  });
  return {
    checkout: async (checkout) => {
      const ending = new Promise<Ending>((resolve) => waiting.set(checkout.id, resolve));
      await entries.do(checkout);
      return ending;
    },
    close: () => close(connections, [order, ...others]),
  };
}

async function openConnections(options: VariantOptions, queue: SoukQueue): Promise<Connections> {
  const log = createLog('bench', 'warn');
  const { databases, redisUrl } = options;
  const store = queue === 'redis' ? { redisUrl } : { postgresUrl: databases.own };
  const queues = await connectQueues(store, log);
  return { options, queues, sender: new MessageSender(queues), log };
}

async function close({ sender, queues }: Connections, running: readonly Running[]): Promise<void> {
  await Promise.all(running.map((participant) => participant.close()));
  await sender.close();
  await queues.close();
}

async function openDatabase({ options, sender, log }: Connections, name: Participant): Promise<Database> {
  const source = await openDataSource({
    url: options.databases.participants[name],
    applicationName: `bench-${name}`,
    poolSize,
    ...(name === 'order' ? { entities, migrations } : { entities: [], migrations: [] }),
  });
  return new Database(source, sender.send, log);
}

async function openParticipant(connections: Connections, name: Participant): Promise<Running> {
  const database = await openDatabase(connections, name);
  return work(connections, name, database, {
    handlers: { command: commandHandler(name, database) },
    tasks: [],
  });
}

/** Starts the worker and the sweeps. */
async function work(
  { queues, log }: Connections,
  name: Participant,
  database: Database,
  parts: { handlers: MessageHandlers; tasks: (() => Promise<unknown>)[] },
): Promise<Running> {
  const worker = new MessageWorker(queues, name, parts.handlers, { concurrency, log });
  await worker.ready();
  const tasks = [() => database.sweepOutbox(), ...parts.tasks].map(
    (task, index) => new IntervalJob(`${name} ${index}`, sweepMs, task, log),
  );
  for (const task of tasks) task.start();
  return {
    close: async () => {
      await worker.close();
      await Promise.all(tasks.map((task) => task.stop()));
      await database.close();
    },
  };
}
