import * as fc from 'fast-check';
import type { FuzzReference } from './fuzz-operation.js';

const maxInt = 2 ** 31 - 1;
const unboundedText = 2_000;

/** Whole numbers at the edges of their type, and such as people use. */
export function numbers(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 5 }) },
    { weight: 3, arbitrary: fc.constantFrom(min, min + 1, -1, 0, 100, 101, 1_000, max - 1, max) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
  );
}

/** Int of GraphQL. */
export const ints: fc.Arbitrary<number> = numbers(-maxInt - 1, maxInt);

/** SafeInt. */
export const safeInts: fc.Arbitrary<number> = numbers(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** Float of GraphQL: finite numbers. */
export const floats: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -80, max: 80 }) },
  fc.constantFrom(0, -0, 90, -90, 180, -180, 1e-7, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** DateTime: also what exists in no calendar, and what is beyond the range of PostgreSQL. */
export const dateTimes: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2032-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  },
  fc.constantFrom(
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59.999-23:59',
    '0000-01-01T00:00:00+23:59',
    '+275760-09-13T00:00:00.000Z',
    '-271821-04-20T00:00:00.000Z',
    '2016-12-31T23:59:60Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00.123456789123Z',
    '2026-01-01t00:00:00z',
    '2026-01-01T00:00:00+14:00',
    '2026-01-01',
    '',
    'infinity',
    'now',
  ),
);

/** Date. */
export const dates: fc.Arbitrary<string> = fc.constantFrom(
  '2026-01-31',
  '2026-02-30',
  '0000-01-01',
  '9999-12-31',
  '-271821-04-20',
  '',
  'epoch',
);

/** EmailAddress. */
export const emails: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: references('email') },
  { weight: 6, arbitrary: fc.nat(1_000_000).map((n) => `fuzz-${n}@example.com`) },
  fc.constantFrom(
    `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
    `${'a'.repeat(240)}@example.com`,
    'a@b',
    'İ@example.com',
    'a\u0000@example.com',
    'ada@xn--bcher-kva.example',
    '"a b"@example.com',
    ' ada@example.com ',
    '@',
    '',
  ),
);

/** URL. */
export const urls: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(1_000).map((n) => `https://example.com/${n}?q=a%20b#c`) },
  fc.constantFrom(
    'https://example.com/a.png',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
    'http://[::1]:99999/',
    'https://user:password@example.com/',
    `https://example.com/${'é'.repeat(2_030)}`,
    'https://exa\u0000mple.com',
    'https://\ud83d.example',
    'http://',
    '',
  ),
);

/** JSON of any shape: nested up to and beyond its bound, with odd keys. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<unknown>(5, true, { a: 1 }) },
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    null,
    {},
    [],
    0,
    -0,
    1e308,
    5e-324,
    '',
    '\u0000',
    '\ud83d',
    true,
    nested(31),
    nested(33),
    JSON.parse('{"__proto__":{"a":1}}'),
    JSON.parse('{"a":{"constructor":{"prototype":{}}},"":1,"\\u0000":2,"\\ud83d":3}'),
    Array.from({ length: 2_000 }, (_none, index) => index),
    { a: 'x'.repeat(10_300) },
    Number.MAX_SAFE_INTEGER + 1,
  ),
);

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** An existing value, see FuzzReference. */
export function references(kind: string): fc.Arbitrary<FuzzReference> {
  return fc.nat(20).map((n) => ({ $ref: kind, n }));
}

/** Any code points, also those that are no characters. (fc.string and fc.webUrl make a table of all of them, in seconds.) */
const anyTexts = fc
  .array(fc.nat(0x10ffff), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points));

/** Texts: typical ones, and those at the edges of what a field of this length takes. */
export function texts(
  { valid, odd = [] }: { valid: fc.Arbitrary<unknown>; odd?: readonly string[] },
  maxLength: number | null,
): fc.Arbitrary<unknown> {
  const max = maxLength ?? unboundedText;
  const repeated = (part: string): string => part.repeat(Math.ceil(max / part.length)).slice(0, max);
  const edges = [
    '',
    ' ',
    '\t\n',
    '\u0000',
    'a\u0000b',
    '\ud83d',
    'a\udc00b',
    '\u202eabc',
    '\u2066abc\u2069',
    '\u200f',
    '\ufeff',
    '\ufffe',
    '\u2028',
    '👩‍👩‍👧‍👦',
    '\u{10ffff}',
    `a${'\u0301'.repeat(29)}`,
    `a${'\u0301'.repeat(31)}`,
    'ﷺ',
    'ß'.repeat(Math.min(max, 50)),
    'İ',
    "'; DROP TABLE x; --",
    '%_\\',
    '{{ x }}',
    '${x}',
    '<b>&amp;',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    'toString',
    '4242 4242 4242 4242',
    '-1',
    '1e999',
    repeated('x'),
    repeated('é'),
    repeated('👍'),
    repeated('\u3000x'),
    repeated('ﷺ'),
    `${repeated('x')}x`,
    repeated('a-'),
  ];
  return fc.oneof(
    { weight: 24, arbitrary: valid },
    { weight: 3, arbitrary: fc.constantFrom(...edges) },
    ...(odd.length > 0 ? [{ weight: 2, arbitrary: fc.constantFrom(...odd) }] : []),
    { weight: 1, arbitrary: anyTexts.map((text) => text.slice(0, max)) },
  );
}

const prefixes = [
  'user',
  'order',
  'offer',
  'listing',
  'partner',
  'payment',
  'cart',
  'token',
  'seat',
  'session',
];

/** Ids: of the kind that a field takes, of other kinds, unknown, malformed. */
export function ids(kind: string | null): fc.Arbitrary<unknown> {
  const ofKind = kind === null ? fc.constantFrom(...prefixes).chain(references) : references(kind);
  return fc.oneof(
    { weight: 14, arbitrary: ofKind },
    { weight: 1, arbitrary: fc.constantFrom(...prefixes).chain(references) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        `${kind ?? 'user'}_01h455vb4pex5vsknk084sn02q`,
        `${kind ?? 'user'}_7zzzzzzzzzzzzzzzzzzzzzzzzz`,
        `${kind ?? 'user'}_8zzzzzzzzzzzzzzzzzzzzzzzzz`,
        `${kind ?? 'user'}_`,
        `${(kind ?? 'user').toUpperCase()}_01H455VB4PEX5VSKNK084SN02Q`,
        '_01h455vb4pex5vsknk084sn02q',
        '00000000-0000-0000-0000-000000000000',
        '',
        '0',
        '-1',
        '\u0000',
        '\ud83d',
        '__proto__',
        'x'.repeat(200),
        'x'.repeat(201),
      ),
    },
  );
}
