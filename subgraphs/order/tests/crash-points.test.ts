import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { crashPoints } from '@souk/shared/crash-point';
import { entities, migrations } from '@souk/order/database';
import { newId } from '@souk/shared/ids';
import { connect } from '@souk/shared/postgres';
import { migratedDatabase, queueDatabase } from '../../../tests/support/database-template.js';
import { effectTables } from './support/crash-saga.js';
import type { VictimPlan } from './support/crash-victim.js';

// Kills a process at every crash point, repeatedly, until a saga completes; each next process takes over and
// is killed in turn. Afterwards, every saga has taken effect completely or not at all.

const program = join(__dirname, 'support', 'crash-victim.ts');
const register = join(__dirname, '..', '..', '..', 'tests', 'support', 'typescript.cjs');
/** Time offset of each process relative to the previous one. */
const laterMs = 60_000;
const mostVisits = 60;

// A rejected saga covers the steps and their compensation; a successful one has different commits at the end.
const cases = [
  ...crashPoints.map((point) => ({ refused: true, point })),
  { refused: false, point: 'after a commit' as const },
];

// Concurrently, because a process that takes over mostly waits.
it.concurrent.each(cases)(
  'a saga survives its process, killed $point (refused: $refused)',
  async ({ point, refused }) => {
    const urls = {
      database: await migratedDatabase('order', { entities, migrations }),
      queue: await queueDatabase(),
    };
    await makeEffectTables(urls.database);
    let killed = 0;
    let takesOver: string | null = null;
    for (let nth = 1; nth <= mostVisits; nth += 1) {
      const saga = { id: newId(), input: { orderId: newId(), userId: newId(), refused } };
      const victim = await runVictim({ urls, takesOver, saga, point, nth, laterMs: nth * laterMs });
      if (takesOver !== null) expectWhole(victim.tookOver, refused);
      takesOver = saga.id;
      if (victim.code === 0) break;
      expect(victim.code).toBeNull();
      killed += 1;
    }
    expect(killed).toBeGreaterThan(0);
    expect(killed).toBeLessThan(mostVisits);
  },
  300_000,
);

/** Output of a process about the saga that it took over. */
type TookOver = { status: string | null; effects: Record<string, number> } | null;

/** Runs a process and returns its exit code, or null if it was killed. */
async function runVictim(plan: VictimPlan): Promise<{ code: number | null; tookOver: TookOver }> {
  const child = spawn(process.execPath, ['--require', register, program, JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  // `close` and not `exit`: all output must have arrived.
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== null && code !== 0) throw new Error(errors);
  return { code, tookOver: output === '' ? null : (JSON.parse(output) as TookOver) };
}

/** Expects that the saga took effect completely or not at all. */
function expectWhole(tookOver: TookOver, refused: boolean): void {
  if (tookOver === null) throw new Error('A process did not say what became of what it took over.');
  const { status, effects } = tookOver;
  if (status === null) expect(effects).toEqual({});
  else if (refused) {
    expect([status, effects]).toEqual(['FAILED', { charged: 1, refunded: 1, notified: 1 }]);
  } else {
    expect([status, effects]).toEqual(['COMPLETED', { taken: 1, charged: 1, paid: 1, judged: 1 }]);
  }
}

async function makeEffectTables(url: string): Promise<void> {
  const client = await connect(url);
  await client.query(effectTables);
  await client.end();
}
