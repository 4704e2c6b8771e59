import { defineCommand } from '@souk/shared/command';
import { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { Attempt } from '@souk/shared/queue/worker';
import type { CommandEnvelope, Outcome, ReplyEnvelope } from '@souk/shared/saga/envelope';
import { replyEnvelope } from '@souk/shared/saga/envelope';
import type { CommandHandlers, ExternalHandler } from '@souk/shared/saga/handler';
import { participate, resolveWaiting } from '@souk/shared/saga/participant';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { openFreshDatabase } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

const payload = z.object({ n: z.int() });
const output = z.object({ n: z.int() });
const commands = {
  take: defineCommand('catalog', 'take', { payload, output }),
  give: defineCommand('catalog', 'give', { payload, output }),
  charge: defineCommand('catalog', 'charge', { payload, output }),
};
const once: Attempt = { number: 1, last: false };
const last: Attempt = { number: 6, last: true };

let source: DataSource;
let database: Database;
let replies: ReplyEnvelope[];
/** What `take` does, for the test at hand. */
let take: CommandHandlers<typeof commands>['take'];
let charge: ExternalHandler<typeof commands.charge, number, number>;

const effects = async (): Promise<number[]> =>
  (await source.query<{ n: number }[]>('SELECT n FROM effect ORDER BY n')).map(({ n }) => n);

beforeAll(async () => {
  source = await openFreshDatabase('participant', 10);
  await source.query('CREATE TABLE effect (n int)');
});

afterAll(() => source.destroy());

beforeEach(async () => {
  await source.query('TRUNCATE effect');
  replies = [];
  database = new Database(
    source,
    (messages) =>
      Promise.resolve(void replies.push(...messages.map(({ body }) => replyEnvelope.parse(body)))),
    createLog('test', 'silent'),
  );
  take = async (manager, { n }) => {
    await manager.query('INSERT INTO effect VALUES ($1)', [n]);
    return { kind: 'done', output: { n } };
  };
  charge = {
    prepare: (_manager, { n }) => Promise.resolve(n + 1),
    perform: (prepared) => Promise.resolve(prepared + 1),
    settle: async (manager, result) => {
      await manager.query('INSERT INTO effect VALUES ($1)', [result]);
      return { kind: 'done', output: { n: result } };
    },
  };
});

async function handle(
  command: keyof typeof commands,
  saga: { sagaId: string; direction?: 'do' | 'undo' | 'tell'; n?: number; forward?: boolean },
  attempt = once,
): Promise<void> {
  const handler = participate(database, commands, {
    take: (manager, body, context) => {
      if (typeof take !== 'function') throw new Error('take is a function here');
      return take(manager, body, context);
    },
    give: async (manager, { n }) => {
      await manager.query('DELETE FROM effect WHERE n = $1', [n]);
      return { kind: 'done', output: { n } };
    },
    charge,
  });
  const envelope: CommandEnvelope = {
    sagaId: saga.sagaId,
    transactionId: 'SAGA-TEST',
    position: 2,
    step: 'STEP',
    direction: saga.direction ?? 'do',
    forward: saga.forward ?? false,
    command,
    payload: { n: saga.n ?? 1 },
    replyTo: 'order',
  };
  const [fault] = await handler.handle([{ body: envelope, attempt }]);
  if (fault) throw fault;
}

const outcomes = async (n: number): Promise<Outcome[]> => {
  await until(`${n} replies`, () => replies.length >= n);
  return replies.map(({ outcome }) => outcome);
};

describe('a command', () => {
  it('has its effect once, and a repeat is answered with the stored outcome', async () => {
    const sagaId = newId();
    await handle('take', { sagaId, n: 1 });
    await handle('take', { sagaId, n: 2 });
    await expect(outcomes(2)).resolves.toEqual([
      { kind: 'done', output: { n: 1 } },
      { kind: 'done', output: { n: 1 } },
    ]);
    await expect(effects()).resolves.toEqual([1]);
    expect(replies[0]).toMatchObject({ sagaId, position: 2, direction: 'do', attempts: 1 });
  });

  it('has its effect once though ten workers get it at the same time', async () => {
    const sagaId = newId();
    await Promise.all(Array.from({ length: 10 }, (_, n) => handle('take', { sagaId, n })));
    const all = await outcomes(10);
    expect(new Set(all.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    await expect(effects()).resolves.toHaveLength(1);
  });

  it('that is refused leaves no effect, and stays refused', async () => {
    const sagaId = newId();
    const works = take;
    take = async (manager, _payload, context) => {
      await manager.query('INSERT INTO effect VALUES (7)');
      context.outbox.add({ queue: 'order', name: 'reply', body: 'never to leave' });
      throw new Rejection('INSUFFICIENT_STOCK', 'Too few.', { details: { available: 3 } });
    };
    await handle('take', { sagaId });
    take = works;
    await handle('take', { sagaId });
    const refusal = {
      kind: 'rejected',
      rejection: { code: 'INSUFFICIENT_STOCK', details: { available: 3 } },
    };
    expect(await outcomes(2)).toMatchObject([refusal, refusal]);
    await expect(effects()).resolves.toEqual([]);
  });

  it('that fails leaves nothing, says so, and succeeds when it is tried again', async () => {
    const sagaId = newId();
    const works = take;
    take = () => Promise.reject(new Error('planned'));
    await expect(handle('take', { sagaId })).rejects.toThrow('planned');
    take = works;
    await handle('take', { sagaId }, { number: 2, last: false });
    expect(await outcomes(2)).toEqual([
      { kind: 'retrying', error: 'planned' },
      { kind: 'done', output: { n: 1 } },
    ]);
    expect(replies[1]?.attempts).toBe(2);
  });

  it('that fails for the last time is given up, and a latecomer does not do it after all', async () => {
    const sagaId = newId();
    const works = take;
    take = () => Promise.reject(new Error('planned'));
    await expect(handle('take', { sagaId }, last)).rejects.toThrow('planned');
    take = works;
    await handle('take', { sagaId });
    expect(await outcomes(2)).toEqual([
      { kind: 'fault', error: 'planned' },
      { kind: 'fault', error: 'planned' },
    ]);
    await expect(effects()).resolves.toEqual([]);
  });
});

it('that cannot be read is given up in the end, not asked for for ever', async () => {
  await expect(handle('take', { sagaId: newId(), n: 0.5 }, last)).rejects.toThrow();
  expect(await outcomes(1)).toMatchObject([{ kind: 'fault' }]);
});

describe('an undo', () => {
  it('that comes first closes the door: the command finds it undone', async () => {
    const sagaId = newId();
    await handle('give', { sagaId, direction: 'undo' });
    await handle('take', { sagaId });
    expect(await outcomes(2)).toMatchObject([
      { kind: 'done' },
      { kind: 'rejected', rejection: { code: 'CONFLICT' } },
    ]);
    await expect(effects()).resolves.toEqual([]);
  });

  it('takes the effect back once', async () => {
    const sagaId = newId();
    await handle('take', { sagaId });
    await handle('give', { sagaId, direction: 'undo' });
    await handle('give', { sagaId, direction: 'undo' });
    expect((await outcomes(3)).map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    await expect(effects()).resolves.toEqual([]);
  });

  it('and its command at the same time end with no effect, whoever is first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const sagaId = newId();
      await Promise.all([handle('take', { sagaId }), handle('give', { sagaId, direction: 'undo' })]);
      await expect(effects()).resolves.toEqual([]);
    }
  });

  it('that is given up may be asked for again', async () => {
    const sagaId = newId();
    await handle('take', { sagaId });
    const works = take;
    take = () => Promise.reject(new Error('planned'));
    await expect(handle('take', { sagaId, direction: 'undo' }, last)).rejects.toThrow('planned');
    take = works;
    await handle('give', { sagaId, direction: 'undo' });
    expect((await outcomes(3)).map(({ kind }) => kind)).toEqual(['done', 'fault', 'done']);
  });
});

describe('what must come to a good end', () => {
  it.each([
    ['an undo', { direction: 'undo' as const }],
    ['a forward step', { forward: true }],
  ])('%s is tried anew after it was refused or given up, and done once', async (_what, how) => {
    const saga = { sagaId: newId(), ...how };
    const works = take;
    take = () => Promise.reject(new Rejection('CONFLICT', 'Not now.'));
    await handle('take', saga);
    take = () => Promise.reject(new Error('planned'));
    await expect(handle('take', saga, last)).rejects.toThrow('planned');
    take = works;
    await handle('take', saga);
    await handle('take', saga);
    expect((await outcomes(4)).map(({ kind }) => kind)).toEqual(['rejected', 'fault', 'done', 'done']);
    await expect(effects()).resolves.toEqual([1]);
  });

  it('but a step that can be undone is refused for good', async () => {
    const sagaId = newId();
    const works = take;
    take = () => Promise.reject(new Rejection('CONFLICT', 'Not now.'));
    await handle('take', { sagaId });
    take = works;
    await handle('take', { sagaId });
    expect((await outcomes(2)).map(({ kind }) => kind)).toEqual(['rejected', 'rejected']);
  });
});

describe('a step outside', () => {
  it('is prepared, performed with no transaction open, and settled', async () => {
    const sagaId = newId();
    charge.perform = async (prepared) => {
      const [row]: { open: number }[] = await source.query(
        "SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
      );
      return prepared + 1 + (row?.open ?? 100);
    };
    await handle('charge', { sagaId });
    await expect(outcomes(1)).resolves.toEqual([{ kind: 'done', output: { n: 3 } }]);
  });

  it.each(['prepare', 'perform', 'settle'] as const)(
    'is refused where %s refuses, and leaves no effect',
    async (part) => {
      Object.assign(charge, { [part]: () => Promise.reject(new Rejection('PAYMENT_DECLINED', 'Declined.')) });
      await handle('charge', { sagaId: newId() });
      expect(await outcomes(1)).toMatchObject([
        { kind: 'rejected', rejection: { code: 'PAYMENT_DECLINED' } },
      ]);
      await expect(effects()).resolves.toEqual([]);
    },
  );

  it('that was cut off is performed again and settled once', async () => {
    const sagaId = newId();
    const settle = charge.settle.bind(charge);
    charge.settle = () => Promise.reject(new Error('killed'));
    await expect(handle('charge', { sagaId })).rejects.toThrow('killed');
    charge.settle = settle;
    await Promise.all([handle('charge', { sagaId }), handle('charge', { sagaId })]);
    await until('the answers', () => replies.filter(({ outcome }) => outcome.kind === 'done').length === 2);
    await expect(effects()).resolves.toEqual([3]);
  });

  it('that is undone while it is performed is not settled', async () => {
    const sagaId = newId();
    charge.perform = async (prepared) => {
      await handle('give', { sagaId, direction: 'undo' });
      return prepared;
    };
    await handle('charge', { sagaId });
    expect(await outcomes(2)).toMatchObject([
      { kind: 'done' },
      { kind: 'rejected', rejection: { code: 'CONFLICT' } },
    ]);
    await expect(effects()).resolves.toEqual([]);
  });
});

describe('a step that waits', () => {
  const expiresAt = '2030-01-01T00:00:00.000Z';
  const answer: Outcome = { kind: 'done', output: { n: 9 } };

  beforeEach(() => {
    take = () => Promise.resolve({ kind: 'waiting', output: { n: 1 }, expiresAt });
  });

  const resolve = (sagaId: string): Promise<boolean> =>
    database.transact((manager, outbox) => resolveWaiting(manager, outbox, { sagaId, step: 'STEP' }, answer));

  it('is answered by the first who knows, and by nobody else', async () => {
    const sagaId = newId();
    await handle('take', { sagaId });
    const results = await Promise.all([resolve(sagaId), resolve(sagaId), resolve(sagaId)]);
    expect(results.filter(Boolean)).toHaveLength(1);
    await expect(outcomes(2)).resolves.toEqual([{ kind: 'waiting', output: { n: 1 }, expiresAt }, answer]);
  });

  it('cannot be answered once it is undone, nor before it waits', async () => {
    const sagaId = newId();
    await expect(resolve(sagaId)).resolves.toBe(false);
    await handle('take', { sagaId });
    await handle('give', { sagaId, direction: 'undo' });
    await expect(resolve(sagaId)).resolves.toBe(false);
  });
});

it('tells without an answer, once', async () => {
  const sagaId = newId();
  await handle('take', { sagaId, direction: 'tell', n: 4 });
  await handle('take', { sagaId, direction: 'tell', n: 5 });
  await expect(effects()).resolves.toEqual([4]);
  expect(replies).toEqual([]);
});
