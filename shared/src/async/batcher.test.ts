import { Batcher } from './batcher.js';

/** A batcher whose batches end when the test ends them. */
function intakeOf(options: { maxBatch: number; parallel: number }) {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const intake = new Batcher<string>({
    ...options,
    run: (items) => {
      batches.push([...items]);
      return new Promise<void>((resolve) => ends.push(resolve));
    },
  });
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));
  return { intake, batches, end: async () => (ends.shift()?.(), turn()), turn };
}

it('runs a single item at once, and batches those that arrive meanwhile', async () => {
  const { intake, batches, end, turn } = intakeOf({ maxBatch: 100, parallel: 1 });
  intake.add('a');
  await turn();
  intake.add('b');
  intake.add('c');
  await turn();
  expect(batches).toEqual([['a']]);
  await end();
  expect(batches).toEqual([['a'], ['b', 'c']]);
});

it('batches items that arrive together', async () => {
  const { intake, batches, turn } = intakeOf({ maxBatch: 2, parallel: 1 });
  for (const item of ['a', 'b', 'c']) intake.add(item);
  await turn();
  expect(batches).toEqual([['a', 'b']]);
});

it('runs as many batches at once as allowed', async () => {
  const { intake, batches, end, turn } = intakeOf({ maxBatch: 1, parallel: 2 });
  for (const item of ['a', 'b', 'c', 'd']) intake.add(item);
  await turn();
  expect(batches).toEqual([['a'], ['b']]);
  await end();
  expect(batches).toEqual([['a'], ['b'], ['c']]);
});

it('schedules partitions fairly: a flood in one does not starve the others', async () => {
  const { intake, batches, end, turn } = intakeOf({ maxBatch: 4, parallel: 1 });
  for (let n = 1; n <= 6; n += 1) intake.add(`flood ${n}`, 'flood');
  intake.add('one', 'a');
  intake.add('two', 'b');
  await turn();
  await end();
  await end();
  expect(batches).toEqual([
    ['flood 1', 'one', 'two', 'flood 2'],
    ['flood 3', 'flood 4', 'flood 5', 'flood 6'],
  ]);
});

it('does not wait for more where a batch is full, and waits a moment where one was shared', async () => {
  const { intake, batches, end, turn } = intakeOf({ maxBatch: 2, parallel: 1 });
  for (const item of ['a', 'b', 'c']) intake.add(item);
  await turn();
  const ended = end();
  intake.add('d');
  await ended;
  expect(batches).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

it('resolves idle when nothing is left to do', async () => {
  const { intake, end, turn } = intakeOf({ maxBatch: 1, parallel: 1 });
  await intake.idle();
  intake.add('a');
  intake.add('b');
  let idle = false;
  void intake.idle().then(() => (idle = true));
  await turn();
  await end();
  expect(idle).toBe(false);
  await end();
  expect(idle).toBe(true);
});
