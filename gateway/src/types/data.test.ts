import type { Data } from './data.js';
import { merge } from './data.js';

const parsed = (text: string): Data => JSON.parse(text) as Data;

describe('merging', () => {
  it('puts objects together by key, and lists of one length by index', () => {
    const target = parsed('{"a":{"x":1},"list":[{"id":1},{"id":2}],"short":[1]}');
    merge(target, parsed('{"a":{"y":2},"list":[{"n":"one"},{"n":"two"}],"short":[1,2],"b":null}'));
    expect(target).toEqual({
      a: { x: 1, y: 2 },
      list: [
        { id: 1, n: 'one' },
        { id: 2, n: 'two' },
      ],
      short: [1, 2],
      b: null,
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for a key like any other',
    (key) => {
      const target: Data = {};
      merge(target, parsed(`{"${key}":{"a":{"x":1}}}`));
      merge(target, parsed(`{"${key}":{"a":{"y":2},"b":3}}`));
      expect(JSON.stringify(target)).toBe(`{"${key}":{"a":{"x":1,"y":2},"b":3}}`);
      expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
    },
  );
});
