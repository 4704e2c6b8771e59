import { setImmediate as nextTurn } from 'node:timers/promises';
import { PerTickMemo } from './per-tick-memo.js';

test('values are shared by key within a tick, and created again in the next', async () => {
  const turn = new PerTickMemo<number>();
  let made = 0;
  const get = (key: string): number => turn.get(key, () => (made += 1));
  expect([get('a'), get('b'), get('a')]).toEqual([1, 2, 1]);
  await Promise.resolve();
  expect(get('a')).toBe(1);
  await nextTurn();
  expect(get('a')).toBe(3);
});
