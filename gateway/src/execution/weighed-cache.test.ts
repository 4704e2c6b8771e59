import { WeighedCache } from './weighed-cache.js';

describe('a weighed cache', () => {
  test('makes a value once, null too', () => {
    const cache = new WeighedCache<string | null>(10);
    const make = jest.fn(() => null);
    expect([cache.get('a', 1, make), cache.get('a', 1, make)]).toEqual([null, null]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  test('forgets what was used longest ago when it grows too heavy', () => {
    const cache = new WeighedCache<string>(10);
    const made: string[] = [];
    const get = (key: string, weight: number): void => {
      cache.get(key, weight, () => {
        made.push(key);
        return key;
      });
    };
    get('a', 4);
    get('b', 4);
    get('a', 4);
    get('c', 4);
    get('a', 4);
    get('c', 4);
    expect(made).toEqual(['a', 'b', 'c']);
    get('b', 4);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  test('does not keep what is too heavy by itself', () => {
    const cache = new WeighedCache<number>(10);
    let count = 0;
    cache.get('a', 11, () => ++count);
    cache.get('a', 11, () => ++count);
    expect(count).toBe(2);
  });
});
