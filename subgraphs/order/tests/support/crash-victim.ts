import { onCrashPoint } from '@souk/shared/crash-point';
import { openCrashHouse } from './crash-saga.js';

// A process that runs one saga and kills itself at the nth visit of a crash point; exit code 0: it came to the end.

interface VictimPlan {
  urls: { database: string; queue: string };
  saga: { id: string; input: { orderId: string; userId: string; refused: boolean } };
  point: string;
  nth: number;
}

async function run({ urls, saga, point, nth }: VictimPlan): Promise<void> {
  const house = await openCrashHouse(urls);
  let visits = 0;
  onCrashPoint((visited) => {
    if (visited !== point) return;
    visits += 1;
    if (visits === nth) process.kill(process.pid, 'SIGKILL');
  });
  await house.begin(saga);
  for (;;) {
    const status = await house.status(saga.id);
    if ((status === 'COMPLETED' || status === 'FAILED') && (await house.waiting()) === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
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
