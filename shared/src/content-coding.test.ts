import { chooseCoding } from './content-coding.js';

test.each([
  [undefined, 'identity', true],
  ['', 'identity', true],
  ['gzip', 'gzip', true],
  ['GZIP', 'gzip', true],
  ['gzip, deflate, br, zstd', 'br', true],
  ['br;q=0.5, gzip;q=0.8', 'gzip', true],
  ['gzip;q=0', 'identity', true],
  ['br;q=0, *', 'gzip', true],
  ['*', 'br', true],
  ['deflate', 'identity', true],
  ['identity', 'identity', true],
  ['gzip;q=0.5, identity;q=1', 'identity', true],
  ['identity;q=0, gzip;q=0.1', 'gzip', false],
  ['gzip, *;q=0', 'gzip', false],
  // Nothing that we have is acceptable: a response without coding is better than none.
  ['identity;q=0', 'identity', true],
  ['*;q=0', 'identity', true],
])('Accept-Encoding %j: %s', (header, coding, allowsIdentity) => {
  expect(chooseCoding(header)).toEqual({ coding, allowsIdentity });
  expect(chooseCoding(header)).toEqual({ coding, allowsIdentity });
});
