import { onCrashPoint } from '@souk/shared/crash-point';
import { until } from '../../../../tests/support/until.js';
import { openCrashFixture } from './crash-saga.js';

// A process that first takes over from one that was killed, and then runs a saga of its own and kills itself at the nth
// visit of a crash point. It prints a line when what it took over has come to its end; exit code 0: it was not killed.

/** What such a process is to do. */
export interface VictimPlan {
  urls: { database: string; queue: string };
  /** The saga whose process was killed; null for the first. */
  takesOver: string | null;
  /** Null for one that only takes over. */
  saga: { id: string; input: { orderId: string; userId: string; refused: boolean } } | null;
  point: string;
  nth: number;
  /** It looks after sagas as if this much time had passed. */
  laterMs: number;
}

/** What a killed process had at work is taken up by another one 10 s later, and when that next looks: every 5 s. */
const endsWithinMs = 60_000;

async function run({ urls, takesOver, saga, point, nth, laterMs }: VictimPlan): Promise<void> {
  const house = await openCrashFixture(urls, { now: () => new Date(Date.now() + laterMs) });
  const ended = (sagaId: string): Promise<unknown> =>
    until(
      'a saga to end',
      async () => {
        const status = await house.status(sagaId);
        if (status !== null && status !== 'COMPLETED' && status !== 'FAILED') return false;
        if (status === 'FAILED' && !('told' in (await house.effects(sagaId)))) return false;
        return (await house.waiting()) === 0;
      },
      endsWithinMs,
    );
  if (takesOver !== null) {
    await ended(takesOver);
    process.stdout.write(
      `${JSON.stringify({ effects: await house.effects(takesOver), status: await house.status(takesOver) })}\n`,
    );
  }
  if (saga) {
    let visits = 0;
    onCrashPoint((visited) => {
      if (visited !== point) return;
      visits += 1;
      if (visits === nth) process.kill(process.pid, 'SIGKILL');
    });
    await house.begin(saga);
    await ended(saga.id);
  }
  // What follows the end, e.g. the job that brought the last reply, has its crash points too.
  await house.close();
}

run(JSON.parse(process.argv[2] ?? '{}') as VictimPlan).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(String(error instanceof Error ? error.stack : error));
    process.exit(1);
  },
);
