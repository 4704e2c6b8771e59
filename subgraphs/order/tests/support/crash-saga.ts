import { systemClock } from '@souk/shared/clock';
import type { Clock } from '@souk/shared/clock';
import { defineCommand } from '@souk/shared/command';
import { Database } from '@souk/shared/db/database';
import { openDataSource } from '@souk/shared/db/data-source';
import { Rejection } from '@souk/shared/errors';
import { createLog } from '@souk/shared/log';
import type { SubgraphName } from '@souk/shared/message';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import type { SagaDefinition } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import type { ExternalBatchHandler } from '@souk/shared/saga/handler';
import { Orchestrator } from '@souk/shared/saga/orchestrator';
import { participate } from '@souk/shared/saga/participant';
import { IntervalJob } from '@souk/shared/async/interval-job';
import { entities, migrations } from '@souk/order/database';
import { sagaStore } from '@souk/order/saga/saga-store';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

// A saga that uses every feature of the orchestrator: a batched step, a batched external call, a step that
// can be rejected, compensation and a notification. Its effects are counted.

const input = z.object({ orderId: z.uuid(), userId: z.uuid(), refused: z.boolean() });
const empty = z.object({});
const done = { kind: 'done', output: {} } as const;

const commands = {
  catalog: {
    take: defineCommand('catalog', 'take', { payload: empty, output: empty }),
    giveBack: defineCommand('catalog', 'giveBack', { payload: empty, output: empty }),
  },
  payment: {
    charge: defineCommand('payment', 'charge', { payload: empty, output: empty }),
    refund: defineCommand('payment', 'refund', { payload: empty, output: empty }),
  },
  social: {
    judge: defineCommand('social', 'judge', { payload: z.object({ refused: z.boolean() }), output: empty }),
    tell: defineCommand('social', 'tell', { payload: empty, output: empty }),
  },
};

/** Input of the saga. */
export type CrashInput = z.infer<typeof input>;

const nothing = (): Record<string, never> => ({});

const list: SagaDefinition<CrashInput> = {
  name: 'crash',
  version: 1,
  parseInput: (json) => input.parse(json),
  steps: [
    {
      name: 'TAKE',
      do: bind(commands.catalog.take, nothing),
      undo: bind(commands.catalog.giveBack, nothing),
    },
    {
      name: 'CHARGE',
      do: bind(commands.payment.charge, nothing),
      undo: bind(commands.payment.refund, nothing),
    },
    { name: 'JUDGE', do: bind(commands.social.judge, ({ input: { refused } }) => ({ refused })) },
  ],
  afterFailure: bind(commands.social.tell, nothing),
};

/** Records an effect of each saga. */
async function note(manager: EntityManager, sagaIds: readonly string[], what: string): Promise<void> {
  await manager.query('INSERT INTO effect SELECT id, $2 FROM unnest($1::uuid[]) AS id', [sagaIds, what]);
}

/** The orchestrator and all participants in one process. */
export interface CrashFixture {
  begin(saga: { id: string; input: CrashInput }): Promise<void>;
  /** Returns the saga's status, or null if there is none. */
  status(sagaId: string): Promise<string | null>;
  /** Counts the messages in the outbox. */
  waiting(): Promise<number>;
  /** Counts the saga's effects. */
  effects(sagaId: string): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** Tables of the effects. `charged` stands for an external system with idempotency keys. */
export const effectTables = `
  CREATE TABLE IF NOT EXISTS effect (saga_id uuid NOT NULL, what text NOT NULL);
  CREATE TABLE IF NOT EXISTS outside (saga_id uuid NOT NULL, what text NOT NULL, PRIMARY KEY (saga_id, what))`;

/** Opens the fixture: one database for all participants, with separate connections. */
export async function openCrashFixture(
  urls: { database: string; queue: string },
  clock: Clock = systemClock,
): Promise<CrashFixture> {
  const log = createLog('test', 'silent');
  const source = await openDataSource({
    url: urls.database,
    applicationName: 'test-crash',
    poolSize: 6,
    entities,
    migrations,
  });
  const queues = await connectQueues({ postgresUrl: urls.queue }, log);
  const sender = new MessageSender(queues);
  const database = new Database(source, sender.send, log);
  const orchestrator = new Orchestrator({
    database,
    store: sagaStore,
    owner: 'order',
    definitions: [list],
    clock,
    log,
  });
  const outside = (what: string) => (prepared: { sagaId: string }) =>
    source.query('INSERT INTO outside VALUES ($1, $2) ON CONFLICT DO NOTHING', [prepared.sagaId, what]);
  const handlers: Partial<Record<SubgraphName, MessageHandlers>> = {
    order: { reply: orchestrator.replies },
    catalog: {
      command: participate(database, commands.catalog, {
        take: {
          batch: async (manager, batch) => {
            const ids = batch.map(({ context }) => context.sagaId);
            await note(manager, ids, 'taken');
            return batch.map(() => done);
          },
        },
        giveBack: {
          batch: async (manager, batch) => {
            const ids = batch.map(({ context }) => context.sagaId);
            await manager.query(`DELETE FROM effect WHERE what = 'taken' AND saga_id = ANY($1)`, [ids]);
            return batch.map(() => done);
          },
        },
      }),
    },
    payment: {
      command: participate(database, commands.payment, {
        charge: {
          prepareAll: (_manager, some) =>
            Promise.resolve(some.map(({ context: { sagaId } }) => ({ sagaId }))),
          perform: outside('charged'),
          settleAll: async (manager, some) => {
            const ids = some.map(({ context }) => context.sagaId);
            await note(manager, ids, 'paid');
            return some.map(() => done);
          },
        } satisfies ExternalBatchHandler<typeof commands.payment.charge, { sagaId: string }>,
        refund: {
          prepareAll: (_manager, some) =>
            Promise.resolve(some.map(({ context: { sagaId } }) => ({ sagaId }))),
          perform: outside('refunded'),
          settleAll: async (manager, some) => {
            const ids = some.map(({ context }) => context.sagaId);
            await manager.query(`DELETE FROM effect WHERE what = 'paid' AND saga_id = ANY($1)`, [ids]);
            return some.map(() => done);
          },
        } satisfies ExternalBatchHandler<typeof commands.payment.refund, { sagaId: string }>,
      }),
    },
    social: {
      command: participate(database, commands.social, {
        judge: {
          batch: async (manager, some) => {
            const ids = some.flatMap(({ payload, context }) => (payload.refused ? [] : [context.sagaId]));
            await note(manager, ids, 'judged');
            return some.map(({ payload: { refused } }) =>
              refused ? { kind: 'rejected', rejection: new Rejection('CONFLICT', 'No.').toData() } : done,
            );
          },
        },
        tell: {
          batch: async (manager, some) => {
            const ids = some.map(({ context }) => context.sagaId);
            await note(manager, ids, 'notified');
            return some.map(() => done);
          },
        },
      }),
    },
  };
  const workers = Object.entries(handlers).map(
    ([name, own]) => new MessageWorker(queues, name as SubgraphName, own, { concurrency: 4, log }),
  );
  await Promise.all(workers.map((worker) => worker.ready()));
  const sweeps = [() => orchestrator.sweep(), () => database.sweepOutbox()].map(
    (sweep, index) => new IntervalJob(`sweep ${index}`, 100, sweep, log),
  );
  for (const sweep of sweeps) sweep.start();
  const count = async (sql: string, values: unknown[] = []): Promise<Record<string, number>> => {
    const rows: { what: string; count: number }[] = await source.query(sql, values);
    return Object.fromEntries(rows.map((row) => [row.what, row.count]));
  };
  return {
    begin: async ({ id, input: given }) => {
      await database.transact((manager, outbox) =>
        orchestrator.start(manager, outbox, list, [{ id, transactionId: `SAGA-${id}`, input: given }]),
      );
    },
    status: async (sagaId) => {
      const rows: { status: string }[] = await source.query('SELECT status FROM saga WHERE id = $1', [
        sagaId,
      ]);
      return rows[0]?.status ?? null;
    },
    waiting: async () =>
      (await count(`SELECT 'all' AS what, count(*)::int AS count FROM outbox`))['all'] ?? -1,
    effects: (sagaId) =>
      count(
        `SELECT what, count(*)::int AS count
         FROM (SELECT * FROM effect UNION ALL SELECT * FROM outside) AS e WHERE saga_id = $1 GROUP BY what`,
        [sagaId],
      ),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
      await database.close();
      await sender.close();
      await queues.close();
    },
  };
}
