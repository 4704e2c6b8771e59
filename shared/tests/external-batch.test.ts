import { defineCommand } from '@souk/shared/command';
import { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { Attempt, BatchMessageHandler } from '@souk/shared/queue/message-worker';
import type { CommandEnvelope, StepReply, ReplyEnvelope } from '@souk/shared/contracts/saga-envelope';
import { replyEnvelope } from '@souk/shared/contracts/saga-envelope';
import type { ExternalBatchHandler } from '@souk/shared/saga/handler';
import { participate } from '@souk/shared/saga/participant';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { openFreshDatabase } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

const number = z.object({ n: z.int() });
const commands = {
  bill: defineCommand('payment', 'bill', { payload: number, output: number }),
  forget: defineCommand('payment', 'forget', { payload: number, output: number }),
};
type Bill = ExternalBatchHandler<typeof commands.bill, { n: number }, number>;

const once: Attempt = { number: 1, last: false };
const declined = (): Rejection => new Rejection('PAYMENT_DECLINED', 'Declined.');

let source: DataSource;
let database: Database;
let replies: ReplyEnvelope[];
let transactions: number;
/** How many commands each call of `prepareAll` and `settleAll` was given. */
let shared: Record<'prepared' | 'settled', number[]>;
let bill: Bill;
let participant: BatchMessageHandler;

beforeAll(async () => {
  source = await openFreshDatabase('external', 10);
  await source.query('CREATE TABLE effect (n int)');
});
afterAll(() => source.destroy());

beforeEach(async () => {
  await source.query('TRUNCATE effect');
  replies = [];
  transactions = 0;
  shared = { prepared: [], settled: [] };
  database = new Database(
    source,
    (messages) =>
      Promise.resolve(void replies.push(...messages.map(({ body }) => replyEnvelope.parse(body)))),
    createLog('test', 'silent'),
  );
  const transact = database.transact.bind(database);
  database.transact = (work) => {
    transactions += 1;
    return transact(work);
  };
  bill = {
    prepareAll: (_manager, some) => {
      shared.prepared.push(some.length);
      return Promise.resolve(some.map(({ payload: { n } }) => ({ n })));
    },
    perform: ({ n }) => Promise.resolve(n + 100),
    settleAll: async (manager, some) => {
      shared.settled.push(some.length);
      for (const { result } of some) await manager.query('INSERT INTO effect VALUES ($1)', [result]);
      return some.map(({ result: n }) => ({ kind: 'done', output: { n } }));
    },
  };
  participant = newParticipant();
});

/** A process with its own shared transactions. */
function newParticipant(): BatchMessageHandler {
  return participate(database, commands, {
    bill: {
      prepareAll: (manager, some) => bill.prepareAll(manager, some),
      perform: (prepared, payload) => bill.perform(prepared, payload),
      settleAll: (manager, some) => bill.settleAll(manager, some),
    } satisfies Bill,
    forget: {
      batch: (_manager, some) =>
        Promise.resolve(some.map(({ payload: { n } }) => ({ kind: 'done', output: { n } }))),
    },
  });
}

const commandOf = (
  n: number,
  sagaId = newId(),
  command: keyof typeof commands = 'bill',
): CommandEnvelope => ({
  sagaId,
  transactionId: 'SAGA-TEST',
  position: 2,
  step: 'STEP',
  direction: command === 'bill' ? 'do' : 'undo',
  forward: false,
  command,
  payload: { n },
  replyTo: 'order',
});

const handle = (
  envelopes: readonly CommandEnvelope[],
  attempt = once,
  by = participant,
): Promise<readonly (Error | null)[]> => by.handle(envelopes.map((body) => ({ body, attempt })));

const effects = async (): Promise<number[]> =>
  (await source.query<{ n: number }[]>('SELECT n FROM effect ORDER BY n')).map(({ n }) => n);

/** The replies to a command, once there are `count`. */
const answersOf = ({ sagaId }: CommandEnvelope, count: number): Promise<StepReply[]> =>
  until(`${count} answers`, () => {
    const own = replies.filter((reply) => reply.sagaId === sagaId).map(({ outcome }) => outcome);
    return own.length >= count ? own : null;
  });

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('commands with external calls', () => {
  it('share the transactions before and after their calls, and each gets its reply', async () => {
    const some = upTo(40).map((n) => commandOf(n));
    expect(await handle(some)).toEqual(some.map(() => null));
    expect(transactions).toBeLessThanOrEqual(4);
    expect(shared.prepared.reduce((sum, count) => sum + count)).toBe(40);
    expect(await effects()).toEqual(upTo(40).map((n) => n + 100));
    for (const [n, command] of some.entries()) {
      expect(await answersOf(command, 1)).toEqual([{ kind: 'done', output: { n: n + 100 } }]);
    }
  });

  it('have no transaction open while they call', async () => {
    bill.perform = async ({ n }) => {
      const [row]: { open: number }[] = await source.query(
        "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
      );
      return n + (row?.open ?? 100);
    };
    await handle([commandOf(1)]);
    expect(await effects()).toEqual([1]);
  });

  it('take effect once when many processes receive them repeatedly at the same time', async () => {
    const some = upTo(10).map((n) => commandOf(n));
    const processes = upTo(4).map(newParticipant);
    await Promise.all(processes.map((by) => handle([...some, ...some].toReversed(), once, by)));
    await handle(some);
    expect(await effects()).toEqual(upTo(10).map((n) => n + 100));
    for (const command of some) {
      const answers = await answersOf(command, 9);
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    }
  });

  it.each(['prepareAll', 'perform'] as const)(
    'are refused alone where %s refuses one, and stay so',
    async (part) => {
      const works = { ...bill };
      if (part === 'perform') {
        bill.perform = (prepared, payload) =>
          prepared.n === 3 ? Promise.reject(declined()) : works.perform(prepared, payload);
      } else {
        bill.prepareAll = async (manager, some) =>
          (await works.prepareAll(manager, some)).map((prepared) =>
            'n' in prepared && prepared.n === 3 ? declined() : prepared,
          );
      }
      const some = upTo(6).map((n) => commandOf(n));
      expect(await handle(some)).toEqual(some.map(() => null));
      bill = works;
      await handle(some);
      expect(await effects()).toEqual([100, 101, 102, 104, 105]);
      const refused = { kind: 'rejected', rejection: { code: 'PAYMENT_DECLINED' } };
      expect(await answersOf(some[3] ?? commandOf(0), 2)).toMatchObject([refused, refused]);
    },
  );

  it.each(['prepareAll', 'perform', 'settleAll'] as const)(
    'fail alone where %s fails for one, and that one succeeds when it is tried again',
    async (part) => {
      const works = { ...bill };
      const orFail = (n: number): void => {
        if (n === 2) throw new Error('planned');
      };
      bill = {
        prepareAll: (manager, some) => {
          if (part === 'prepareAll') some.forEach(({ payload: { n } }) => orFail(n));
          return works.prepareAll(manager, some);
        },
        perform: async (prepared, payload) => {
          if (part === 'perform') orFail(prepared.n);
          return works.perform(prepared, payload);
        },
        settleAll: async (manager, some) => {
          const answers = await works.settleAll(manager, some);
          if (part === 'settleAll') some.forEach(({ payload: { n } }) => orFail(n));
          return answers;
        },
      };
      const some = upTo(5).map((n) => commandOf(n));
      const faults = await handle(some);
      expect(faults.map((fault) => fault?.message ?? null)).toEqual([null, null, 'planned', null, null]);
      expect(await effects()).toEqual([100, 101, 103, 104]);
      bill = works;
      const failed = some[2] ?? commandOf(0);
      await handle([failed], { number: 2, last: false });
      expect(await effects()).toEqual([100, 101, 102, 103, 104]);
      expect(await answersOf(failed, 2)).toEqual([
        { kind: 'retrying', error: 'planned' },
        { kind: 'done', output: { n: 102 } },
      ]);
    },
  );

  it('are not settled if compensated meanwhile, and not begun if compensated before', async () => {
    const [during, before, well] = [commandOf(1), commandOf(2), commandOf(3)];
    bill.perform = async ({ n }) => {
      if (n === 1) await handle([commandOf(0, during.sagaId, 'forget')]);
      return n;
    };
    await handle([commandOf(0, before.sagaId, 'forget')]);
    await handle([during, before, well]);
    expect(await effects()).toEqual([3]);
    const undone = [{ kind: 'done' }, { kind: 'rejected', rejection: { code: 'CONFLICT' } }];
    expect(await answersOf(during, 2)).toMatchObject(undone);
    expect(await answersOf(before, 2)).toMatchObject(undone);
  });
});
