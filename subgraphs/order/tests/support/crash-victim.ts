import { onCrashPoint } from '@souk/shared/crash-point';
import { until } from '../../../../tests/support/until.js';
import { openCrashFixture } from './crash-saga.js';

// A process that takes over the saga of a killed process, then runs its own saga and kills itself at the nth
// visit of a crash point. It prints a line when the first saga has ended. Exit code 0: it was not killed.

/** Arguments of the process. */
export interface VictimPlan {
  urls: { database: string; queue: string };
  /** Saga of the killed process; null for the first process. */
  takesOver: string | null;
  /** Null: the process only takes over. */
  saga: { id: string; input: { orderId: string; userId: string; refused: boolean } } | null;
  point: string;
  nth: number;
  /** Time offset of the process. */
  laterMs: number;
}

/** Another process takes over a saga's pending work after 10 s, at its next check, every 5 s. */
const endsWithinMs = 60_000;

async function run({ urls, takesOver, saga, point, nth, laterMs }: VictimPlan): Promise<void> {
  const fixture = await openCrashFixture(urls, { now: () => new Date(Date.now() + laterMs) });
  const ended = (sagaId: string): Promise<unknown> =>
    until(
      'a saga to end',
      async () => {
        const status = await fixture.status(sagaId);
        if (status !== null && status !== 'COMPLETED' && status !== 'FAILED') return false;
        if (status === 'FAILED' && !('notified' in (await fixture.effects(sagaId)))) return false;
        return (await fixture.waiting()) === 0;
      },
      endsWithinMs,
    );
  if (takesOver !== null) {
    await ended(takesOver);
    process.stdout.write(
      `${JSON.stringify({ effects: await fixture.effects(takesOver), status: await fixture.status(takesOver) })}\n`,
    );
  }
  if (saga) {
    let visits = 0;
    onCrashPoint((visited) => {
      if (visited !== point) return;
      visits += 1;
      if (visits === nth) process.kill(process.pid, 'SIGKILL');
    });
    await fixture.begin(saga);
    await ended(saga.id);
  }
  // Work after the end, for example the job of the last reply, has crash points too.
  await fixture.close();
}

run(JSON.parse(process.argv[2] ?? '{}') as VictimPlan).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(String(error instanceof Error ? error.stack : error));
    process.exit(1);
  },
);
