import { freshnessOf, noteFreshness, readFreshness } from './freshness.js';

const nothing = { restriction: null, maxAgeS: null, isShared: false };

test.each([
  [{ 'cache-control': 'max-age=60' }, { maxAgeS: 60 }],
  [{ 'cache-control': 'public, MAX-AGE="5"' }, { maxAgeS: 5, isShared: true }],
  [{ 'cache-control': 'max-age=60, s-maxage=7' }, { maxAgeS: 7, isShared: true }],
  [{ 'cache-control': 'max-age=60', age: '20' }, { maxAgeS: 40 }],
  [{ 'cache-control': 'max-age=60', age: '90' }, { maxAgeS: 0 }],
  [{ 'cache-control': 'max-age=soon' }, { maxAgeS: 0 }],
  [{ 'cache-control': 'max-age=-1' }, { maxAgeS: 0 }],
  [{ 'cache-control': 'max-age' }, { maxAgeS: 0 }],
  [{ 'cache-control': 'private' }, { restriction: 'private' }],
  [{ 'cache-control': 'Private="set-cookie, x", max-age=9' }, { restriction: 'private', maxAgeS: 9 }],
  [{ 'cache-control': 'no-cache, no-store, private' }, { restriction: 'no-store' }],
  [{ 'cache-control': 'no-cache, max-age=1' }, { restriction: 'no-cache', maxAgeS: 1 }],
  [{ 'cache-control': 'x="no-store", max-age=1' }, { maxAgeS: 1 }],
  [{ vary: '*' }, { restriction: 'private' }],
  [{ vary: 'accept' }, {}],
])('the headers %j say %j', (headers, said) => {
  expect(readFreshness(headers)).toEqual({ ...nothing, ...said });
});

test('a copy of a result has its freshness, and JSON does not', () => {
  const result = noteFreshness({ data: { a: 1 } }, { 'cache-control': 'no-store' });
  expect(freshnessOf({ ...result })).toMatchObject({ restriction: 'no-store' });
  expect(JSON.stringify(result)).toBe('{"data":{"a":1}}');
  expect(freshnessOf(noteFreshness({ data: null }, {}))).toBeNull();
});
