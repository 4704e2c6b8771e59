import { bearerToken, InvalidToken } from './access-token.js';

test.each([
  ['Bearer a.b-c_d', 'a.b-c_d'],
  [' \tbearer   a.b ', 'a.b'],
  ['', null],
  [' ', null],
  [undefined, null],
])('the token of %j is %j', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});

test.each([
  'Bearer',
  'Bearer a b',
  'Basic a',
  'Bearer a\n',
  '\nBearer a',
  'Bearer a\r\nx: y',
  'Bearer \u00a0',
  'Bearer ü',
])('%j is refused: it travels on as a header', (header) => {
  expect(() => bearerToken(header)).toThrow(InvalidToken);
});
