import { SizedCache } from './sized-cache.js';

describe('a weighed cache', () => {
  test('evicts the least recently used when it exceeds its weight', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    expect(cache.get('a')).toBe('A');
    cache.set('c', 'C', 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
    expect([cache.weight, cache.size]).toEqual([8, 2]);
    expect(cache.latest()).toEqual(['C', 'A']);
  });

  test('does not store a value above the maximum weight', () => {
    const cache = new SizedCache<number>(10);
    cache.set('a', 1, 11);
    expect(cache.get('a')).toBeUndefined();
    expect(cache.weight).toBe(0);
  });

  test('a value that grows makes others go, and itself when it is too heavy', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.reweigh('b', 7);
    expect([cache.peek('a'), cache.peek('b'), cache.weight]).toEqual([undefined, 'B', 7]);
    cache.reweigh('a', 1);
    cache.reweigh('b', 3);
    expect(cache.weight).toBe(3);
    cache.reweigh('b', 11);
    expect([cache.size, cache.weight]).toEqual([0, 0]);
  });

  test('weighs a value that is set again once', () => {
    const cache = new SizedCache<number>(10);
    cache.set('a', 1, 6);
    cache.set('a', 2, 5);
    expect([cache.get('a'), cache.weight]).toEqual([2, 5]);
  });
});
