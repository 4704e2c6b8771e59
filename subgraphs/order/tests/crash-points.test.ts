import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { crashPoints } from '@souk/shared/crash-point';
import { newId } from '@souk/shared/ids';
import { connect, ensureDatabase } from '@souk/shared/postgres';
import { freshDatabaseUrl } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { effectTables, openCrashHouse } from './support/crash-saga.js';

// A process is killed at every moment that the engine names, again and again until a saga gets past it; another process
// takes over. Whatever died, whenever: all of it has happened, or nothing is left of it.

const program = join(__dirname, 'support', 'crash-victim.ts');
const register = join(__dirname, '..', '..', '..', 'tests', 'support', 'typescript.cjs');
/** The next one looks after sagas as if this much time had passed. */
const laterMs = 60_000;
const mostVisits = 60;

type Urls = Record<'database' | 'queue', string>;

let urls: Urls;

beforeAll(async () => {
  urls = { database: freshDatabaseUrl('crash'), queue: freshDatabaseUrl('queue') };
  await ensureDatabase(urls.database);
  const client = await connect(urls.database);
  await client.query(effectTables);
  await client.end();
});

// One that is refused goes all the way there and back; the end without a refusal differs in its commits.
const cases = [
  ...crashPoints.map((point) => ({ refused: true, point })),
  { refused: false, point: 'after a commit' as const },
];

it.each(cases)(
  'a saga survives its process, killed $point (refused: $refused)',
  async ({ point, refused }) => {
    let killed = 0;
    for (let nth = 1; nth <= mostVisits; nth += 1) {
      const saga = { id: newId(), input: { orderId: newId(), userId: newId(), refused } };
      const code = await runVictim({ urls, saga, point, nth });
      if (code === 0) break;
      expect(code).toBeNull();
      killed += 1;
      await expectWhole(saga.id, refused);
    }
    expect(killed).toBeGreaterThan(0);
    expect(killed).toBeLessThan(mostVisits);
  },
  120_000,
);

/** Runs a process; its exit code, or null where it was killed. */
async function runVictim(plan: object): Promise<number | null> {
  const child = spawn(process.execPath, ['--require', register, program, JSON.stringify(plan)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== null && code !== 0) throw new Error(errors);
  return code;
}

/** Another process takes over; all of the saga has happened then, or nothing is left of it. */
async function expectWhole(sagaId: string, refused: boolean): Promise<void> {
  const house = await openCrashHouse(urls, { now: () => new Date(Date.now() + laterMs) });
  try {
    const status = await until('the saga to end', async () => {
      const now = await house.status(sagaId);
      const ended = now === null || now === 'COMPLETED' || now === 'FAILED';
      return ended && (await house.waiting()) === 0 ? { now } : null;
    });
    const told = async (): Promise<boolean> =>
      status.now !== 'FAILED' || 'told' in (await house.effects(sagaId));
    await until('whoever is told to have heard', told);
    const effects = await house.effects(sagaId);
    if (status.now === null) expect(effects).toEqual({});
    else if (refused) {
      expect([status.now, effects]).toEqual(['FAILED', { charged: 1, refunded: 1, told: 1 }]);
    } else {
      expect([status.now, effects]).toEqual(['COMPLETED', { taken: 1, charged: 1, paid: 1, judged: 1 }]);
    }
  } finally {
    await house.close();
  }
}
