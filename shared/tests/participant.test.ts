import { defineCommand } from '@souk/shared/command';
import { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { Attempt } from '@souk/shared/queue/message-worker';
import type { CommandEnvelope, StepReply, ReplyEnvelope } from '@souk/shared/contracts/saga-envelope';
import { replyEnvelope } from '@souk/shared/contracts/saga-envelope';
import type { CommandContext, HandlerResult } from '@souk/shared/saga/handler';
import { participate, completeWaitingStep } from '@souk/shared/saga/participant';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { openFreshDatabase } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

const payload = z.object({ n: z.int() });
const output = z.object({ n: z.int() });
const commands = {
  take: defineCommand('catalog', 'take', { payload, output }),
  give: defineCommand('catalog', 'give', { payload, output }),
};
const once: Attempt = { number: 1, last: false };
const last: Attempt = { number: 6, last: true };

let source: DataSource;
let database: Database;
let replies: ReplyEnvelope[];
/** The handler of `take` in the present test. */
let take: (
  manager: EntityManager,
  payload: { n: number },
  context: CommandContext,
) => Promise<HandlerResult<{ n: number }>>;

function refused(rejection: Rejection): HandlerResult<never> {
  return { kind: 'rejected', rejection: rejection.toData() };
}

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
});

async function handle(
  command: keyof typeof commands,
  saga: { sagaId: string; direction?: 'do' | 'undo' | 'tell'; n?: number; forward?: boolean },
  attempt = once,
): Promise<void> {
  const handler = participate(database, commands, {
    take: {
      batch: (manager, some) =>
        Promise.all(some.map(({ payload: body, context }) => take(manager, body, context))),
    },
    give: {
      batch: async (manager, some) => {
        await manager.query('DELETE FROM effect WHERE n = ANY($1)', [some.map(({ payload: { n } }) => n)]);
        return some.map(({ payload: { n } }) => ({ kind: 'done', output: { n } }));
      },
    },
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
  if (!fault) return;
  // The queue brings it again.
  if (fault.message === 'Another attempt of a command is in progress.') return handle(command, saga, attempt);
  throw fault;
}

const outcomes = async (n: number): Promise<StepReply[]> => {
  await until(`${n} replies`, () => replies.length >= n);
  return replies.map(({ outcome }) => outcome);
};

describe('a command', () => {
  it('takes effect once, and a repeat gets the stored outcome', async () => {
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

  it('takes effect once when ten workers receive it at the same time', async () => {
    const sagaId = newId();
    await Promise.all(Array.from({ length: 10 }, (_, n) => handle('take', { sagaId, n })));
    const all = await outcomes(10);
    expect(new Set(all.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    await expect(effects()).resolves.toHaveLength(1);
  });

  it('that is rejected stays rejected', async () => {
    const sagaId = newId();
    const works = take;
    take = () =>
      Promise.resolve(
        refused(new Rejection('INSUFFICIENT_STOCK', 'Too few.', { details: { available: 3 } })),
      );
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

  it('that fails rolls back, reports it, and succeeds when it is retried', async () => {
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

  it('that fails for the last time is given up, and a late repeat does not run it', async () => {
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

it('that cannot be read is given up in the end', async () => {
  await expect(handle('take', { sagaId: newId(), n: 0.5 }, last)).rejects.toThrow();
  expect(await outcomes(1)).toMatchObject([{ kind: 'fault' }]);
});

describe('a compensation', () => {
  it('that comes first fences the step: the command is rejected', async () => {
    const sagaId = newId();
    await handle('give', { sagaId, direction: 'undo' });
    await handle('take', { sagaId });
    expect(await outcomes(2)).toMatchObject([
      { kind: 'done' },
      { kind: 'rejected', rejection: { code: 'CONFLICT' } },
    ]);
    await expect(effects()).resolves.toEqual([]);
  });

  it('reverts the effect once', async () => {
    const sagaId = newId();
    await handle('take', { sagaId });
    await handle('give', { sagaId, direction: 'undo' });
    await handle('give', { sagaId, direction: 'undo' });
    expect((await outcomes(3)).map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
    await expect(effects()).resolves.toEqual([]);
  });

  it('and its command at the same time end with no effect, in either order', async () => {
    for (let round = 0; round < 20; round += 1) {
      const sagaId = newId();
      await Promise.all([handle('take', { sagaId }), handle('give', { sagaId, direction: 'undo' })]);
      await expect(effects()).resolves.toEqual([]);
    }
  });

  it('that is given up may be retried', async () => {
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

describe('a command that is not compensatable', () => {
  it.each([
    ['an undo', { direction: 'undo' as const }],
    ['a forward step', { forward: true }],
  ])('%s is retried after it was rejected or given up, and done once', async (_what, how) => {
    const saga = { sagaId: newId(), ...how };
    const works = take;
    take = () => Promise.resolve(refused(new Rejection('CONFLICT', 'Not now.')));
    await handle('take', saga);
    take = () => Promise.reject(new Error('planned'));
    await expect(handle('take', saga, last)).rejects.toThrow('planned');
    take = works;
    await handle('take', saga);
    await handle('take', saga);
    expect((await outcomes(4)).map(({ kind }) => kind)).toEqual(['rejected', 'fault', 'done', 'done']);
    await expect(effects()).resolves.toEqual([1]);
  });

  it('but a compensatable step stays rejected', async () => {
    const sagaId = newId();
    const works = take;
    take = () => Promise.resolve(refused(new Rejection('CONFLICT', 'Not now.')));
    await handle('take', { sagaId });
    take = works;
    await handle('take', { sagaId });
    expect((await outcomes(2)).map(({ kind }) => kind)).toEqual(['rejected', 'rejected']);
  });
});

describe('a step that waits', () => {
  const expiresAt = '2030-01-01T00:00:00.000Z';
  const answer: StepReply = { kind: 'done', output: { n: 9 } };

  beforeEach(() => {
    take = () => Promise.resolve({ kind: 'waiting', output: { n: 1 }, expiresAt });
  });

  const resolve = (sagaId: string): Promise<boolean> =>
    database.transact((manager, outbox) =>
      completeWaitingStep(manager, outbox, { sagaId, step: 'STEP' }, answer),
    );

  it('is completed once, by the first caller', async () => {
    const sagaId = newId();
    await handle('take', { sagaId });
    const results = await Promise.all([resolve(sagaId), resolve(sagaId), resolve(sagaId)]);
    expect(results.filter(Boolean)).toHaveLength(1);
    await expect(outcomes(2)).resolves.toEqual([{ kind: 'waiting', output: { n: 1 }, expiresAt }, answer]);
  });

  it('cannot be completed after its compensation, nor before it waits', async () => {
    const sagaId = newId();
    await expect(resolve(sagaId)).resolves.toBe(false);
    await handle('take', { sagaId });
    await handle('give', { sagaId, direction: 'undo' });
    await expect(resolve(sagaId)).resolves.toBe(false);
  });
});

it('handles a command without a reply, once', async () => {
  const sagaId = newId();
  await handle('take', { sagaId, direction: 'tell', n: 4 });
  await handle('take', { sagaId, direction: 'tell', n: 5 });
  await expect(effects()).resolves.toEqual([4]);
  expect(replies).toEqual([]);
});
