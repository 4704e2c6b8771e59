import { Cancellation, ClientGone } from '@souk/shared/cancellation';
import type { PlanningClient, QueueLimits } from './planning-queue.js';
import { PlanningQueue, QueueRefusal } from './planning-queue.js';

const of = (client: string, address = client, cancellation: Cancellation | null = null): PlanningClient => ({
  client,
  address,
  cancellation,
});

describe('the planning queue', () => {
  let queue: PlanningQueue;
  let done: string[];
  /** Ends the job that is being done. */
  let finish: () => void;

  const open = (limits: Partial<QueueLimits> = {}): void => {
    queue = new PlanningQueue({ total: 100, perAddress: 50, perClient: 20, waitMs: 60_000, ...limits });
    done = [];
  };
  const add = (key: string, who: PlanningClient): Promise<string> =>
    queue.enqueue(key, who, () => {
      done.push(key);
      return new Promise((resolve) => (finish = () => resolve(key)));
    });
  const reasonOf = (job: Promise<unknown>): Promise<unknown> =>
    job.then(
      () => 'done',
      (error: unknown) => (error instanceof QueueRefusal ? error.reason : error),
    );
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const finishAll = async (): Promise<void> => {
    for (let count = -1; count < done.length;) {
      count = done.length;
      finish();
      await turn();
    }
  };

  test('does one job at a time, and addresses take turns', async () => {
    open();
    const jobs = ['1', '2', '3', '4'].map((name) => add(`flood ${name}`, of('flood')));
    jobs.push(add('other 1', of('other')), add('other 2', of('other')));
    expect(done).toEqual(['flood 1']);
    await finishAll();
    await Promise.all(jobs);
    expect(done).toEqual(['flood 1', 'flood 2', 'other 1', 'flood 3', 'other 2', 'flood 4']);
  });

  test('the clients of one address take turns within those of the address', async () => {
    open();
    const jobs = ['a', 'b', 'c'].flatMap((client) =>
      ['1', '2'].map((name) => add(`${client}${name}`, of(client, 'flood'))),
    );
    jobs.push(add('other', of('other')));
    await finishAll();
    await Promise.all(jobs);
    expect(done).toEqual(['a1', 'a2', 'other', 'b1', 'c1', 'b2', 'c2']);
  });

  test('one client, and one address, take only their places', async () => {
    open({ total: 5, perAddress: 3, perClient: 2 });
    const jobs = [add('0', of('a', 'x')), add('1', of('a', 'x')), add('2', of('a', 'x'))];
    expect(await reasonOf(add('3', of('a', 'x')))).toBe('flooded');
    jobs.push(add('4', of('b', 'x')));
    expect(await reasonOf(add('5', of('c', 'x')))).toBe('flooded');
    jobs.push(add('6', of('d')), add('7', of('e')));
    expect(await reasonOf(add('8', of('f')))).toBe('full');
    await finishAll();
    expect(await Promise.all(jobs)).toHaveLength(6);
  });

  test('the same job of several clients is done once, when the first of them has a turn', async () => {
    open();
    const jobs = ['1', '2', '3'].map((name) => add(`flood ${name}`, of('flood')));
    const shared = [add('flood 3', of('other')), add('flood 3', of('other'))];
    await finishAll();
    expect(await Promise.all([...jobs, ...shared])).toHaveLength(5);
    expect(done).toEqual(['flood 1', 'flood 2', 'flood 3']);
  });

  test('a job that waits too long is refused, and not done', async () => {
    open({ waitMs: 30 });
    const first = add('first', of('a'));
    expect(await reasonOf(add('late', of('a')))).toBe('late');
    await finishAll();
    await first;
    expect(done).toEqual(['first']);
  });

  test('a client that goes leaves', async () => {
    open();
    const cancellation = new Cancellation();
    const first = add('first', of('a'));
    const gone = reasonOf(add('gone', of('b', 'b', cancellation)));
    cancellation.cancel(new ClientGone());
    expect(await gone).toBeInstanceOf(ClientGone);
    await finishAll();
    await first;
    expect(done).toEqual(['first']);
  });

  test('a job that fails is no end of the queue', async () => {
    open();
    const failed = queue.enqueue('fails', of('a'), () => Promise.reject(new Error('It fails.')));
    const next = add('next', of('a'));
    await expect(failed).rejects.toThrow('It fails.');
    await finishAll();
    expect(await next).toBe('next');
  });

  test('closing refuses waiting jobs', async () => {
    open();
    const first = add('first', of('a'));
    const waiting = reasonOf(add('waiting', of('a')));
    queue.close();
    expect(await waiting).toBe('closed');
    expect(await reasonOf(add('later', of('a')))).toBe('closed');
    finish();
    expect(await first).toBe('first');
  });
});
