import { defineCommand } from '@souk/shared/command';
import { openDataSource } from '@souk/shared/db/data-source';
import { Database } from '@souk/shared/db/database';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { Message } from '@souk/shared/message';
import type { SagaDefinition, SagaStep } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import { commandEnvelope } from '@souk/shared/contracts/saga-envelope';
import { Orchestrator } from '@souk/shared/saga/orchestrator';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { deliverMessage } from '../../../tests/support/message-delivery.js';
import { migratedDatabase } from '../../../tests/support/database-template.js';
import { until } from '../../../tests/support/until.js';
import { entities, migrations } from '../src/database.js';
import { sagaStore } from '../src/saga/saga-store.js';

// A deployment while sagas are running: the new process has a changed definition besides the old one.

const log = createLog('test', 'silent');
const input = z.object({ orderId: z.uuid(), userId: z.uuid() });
type Input = z.infer<typeof input>;

const step = (name: string, undo = true): SagaStep<Input> => {
  const command = (what: string) =>
    bind<Input, ReturnType<typeof commandOf>>(commandOf(`${what}${name}`), () => ({}));
  return { name, do: command('do'), ...(undo && { undo: command('undo') }) };
};
const commandOf = (name: string) =>
  defineCommand('catalog', name, { payload: z.object({}), output: z.object({}) });

const listOf = (version: number, steps: SagaStep<Input>[]): SagaDefinition<Input> => ({
  name: 'test',
  version,
  parseInput: (given) => input.parse(given),
  steps,
});
const first = listOf(1, [step('A'), step('B'), step('C')]);
/** The same name with an added step, another order, and a removed step. */
const second = listOf(2, [step('A'), step('X'), step('C'), step('Y')]);

let source: DataSource;
let sent: Message[];

beforeAll(async () => {
  source = await openDataSource({
    url: await migratedDatabase('order', { entities, migrations }),
    applicationName: 'test-versions',
    poolSize: 5,
    entities,
    migrations,
  });
});

afterAll(() => source.destroy());

beforeEach(() => {
  sent = [];
});

const database = (): Database =>
  new Database(source, (messages) => Promise.resolve(void sent.push(...messages)), log);

const processWith = (...definitions: SagaDefinition<Input>[]): Orchestrator =>
  new Orchestrator({
    database: database(),
    store: sagaStore,
    owner: 'order',
    definitions,
    clock: { now: () => new Date() },
    log,
  });

async function started(orchestrator: Orchestrator, definition: SagaDefinition<Input>): Promise<string> {
  const saga = {
    id: newId(),
    transactionId: `SAGA-${newId()}`,
    input: { orderId: newId(), userId: newId() },
  };
  await database().transact((manager, outbox) => orchestrator.start(manager, outbox, definition, [saga]));
  return saga.id;
}

const reply = (
  orchestrator: Orchestrator,
  sagaId: string,
  position: number,
  kind: 'done' | 'rejected',
  direction: 'do' | 'undo' = 'do',
): Promise<void> => {
  const rejection = { code: 'CONFLICT', message: 'No.', field: null, typename: 'InputError', details: {} };
  const outcome = kind === 'done' ? { kind, output: {} } : { kind, rejection };
  const body = { sagaId, transactionId: 'SAGA-X', position, direction, attempts: 1, outcome };
  return deliverMessage(orchestrator.replies, body);
};

const commandsOf = (sagaId: string): string[] =>
  sent
    .map(({ body }) => commandEnvelope.parse(body))
    .filter((envelope) => envelope.sagaId === sagaId)
    .map(({ command }) => command);

const sentTo = (sagaId: string, ...commands: string[]): Promise<boolean> =>
  until(`${commands.join(', ')} to be sent`, () => commandsOf(sagaId).join() === commands.join());

const statusOf = async (sagaId: string): Promise<string | undefined> => {
  const rows: { status: string }[] = await source.query('SELECT status FROM saga WHERE id = $1', [sagaId]);
  return rows[0]?.status;
};

it('a running saga finishes by the old definition; new sagas use the new one', async () => {
  const before = processWith(first);
  const old = await started(before, first);
  await reply(before, old, 0, 'done');
  await sentTo(old, 'doA', 'doB');

  const after = processWith(first, second);
  const young = await started(after, second);
  await reply(after, old, 1, 'done');
  await reply(after, young, 0, 'done');
  await sentTo(old, 'doA', 'doB', 'doC');
  await sentTo(young, 'doA', 'doX');
  await reply(after, old, 2, 'done');
  await expect(statusOf(old)).resolves.toBe('COMPLETED');
  await expect(statusOf(young)).resolves.toBe('RUNNING');
});

it('compensation uses the old definition as well', async () => {
  const before = processWith(first);
  const old = await started(before, first);
  await reply(before, old, 0, 'done');
  await reply(before, old, 1, 'done');
  const after = processWith(first, second);
  await reply(after, old, 2, 'rejected');
  await sentTo(old, 'doA', 'doB', 'doC', 'undoB');
  await reply(after, old, 1, 'done', 'undo');
  await sentTo(old, 'doA', 'doB', 'doC', 'undoB', 'undoA');
  await reply(after, old, 0, 'done', 'undo');
  await expect(statusOf(old)).resolves.toBe('FAILED');
});

it('processes of both versions share the sagas; a process without a definition leaves its sagas to the others', async () => {
  const after = processWith(first, second);
  const before = processWith(first);
  const young = await started(after, second);
  await expect(reply(before, young, 0, 'done')).rejects.toThrow('test@2');
  await expect(statusOf(young)).resolves.toBe('RUNNING');
  expect(commandsOf(young)).toEqual(['doA']);
  // The queue retries, and a process with the definition receives the reply.
  await reply(after, young, 0, 'done');
  await sentTo(young, 'doA', 'doX');
});

describe('a process without a definition', () => {
  const dueNow = (ids: readonly string[]): Promise<unknown> =>
    source.query(`UPDATE saga SET wake_at = now() - interval '1 hour' WHERE id = ANY($1)`, [ids]);
  const wakeIn = async (id: string): Promise<number> => {
    const [row]: { seconds: number }[] = await source.query(
      'SELECT extract(epoch FROM wake_at - now())::float8 AS seconds FROM saga WHERE id = $1',
      [id],
    );
    return row?.seconds ?? 0;
  };

  beforeEach(() => source.query('DELETE FROM saga'));

  it('leaves its sagas to the others, however many there are, and resumes its own', async () => {
    const after = processWith(first, second);
    const young = await Promise.all(Array.from({ length: 120 }, () => started(after, second)));
    const old = await started(after, first);
    await dueNow(young);
    await source.query(`UPDATE saga SET wake_at = now() - interval '1 minute' WHERE id = $1`, [old]);
    await until('the first commands', () => commandsOf(old).length === 1);
    await expect(processWith(first).sweep()).resolves.toBe(1);
    await sentTo(old, 'doA', 'doA');
    expect(await wakeIn(young[0] ?? '')).toBeLessThan(-3_000);
    await expect(after.sweep()).resolves.toBe(100);
  });

  it('is not ready while a saga that has not ended needs it, and says which', async () => {
    const [before, after] = [processWith(first), processWith(first, second)];
    await expect(before.findReadinessProblem()).resolves.toBeNull();
    const young = await Promise.all([started(after, second), started(after, second)]);
    const stuck = await started(after, second);
    await source.query(`UPDATE saga SET status = 'NEEDS_ATTENTION', wake_at = NULL WHERE id = $1`, [stuck]);
    await expect(before.findReadinessProblem()).resolves.toBe(
      'Sagas that have not ended need definitions that this version does not have: test@2 (3).',
    );
    await expect(after.findReadinessProblem()).resolves.toBeNull();
    await source.query(`UPDATE saga SET status = 'COMPLETED', wake_at = NULL WHERE id = ANY($1)`, [
      [...young, stuck],
    ]);
    await expect(before.findReadinessProblem()).resolves.toBeNull();
  });

  it('tries a saga that it cannot resume again a minute later', async () => {
    const orchestrator = processWith(first);
    const broken = await started(orchestrator, first);
    await source.query(`UPDATE saga SET input = '{}' WHERE id = $1`, [broken]);
    await dueNow([broken]);
    await expect(orchestrator.sweep()).resolves.toBe(1);
    expect(await wakeIn(broken)).toBeGreaterThan(30);
    await expect(orchestrator.sweep()).resolves.toBe(0);
  });
});

it('a definition with two steps of one name at one participant is refused', () => {
  expect(() => processWith(listOf(3, [step('A'), step('B'), step('A')]))).toThrow(
    'test@3 has the step A of catalog twice.',
  );
});
