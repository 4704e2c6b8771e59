import fc from 'fast-check';
import type { GraphQLScalarType } from 'graphql';
import { parseValue } from 'graphql';
import { boundedScalars } from './bounded-scalars.js';

const { DateTime, EmailAddress, JSON: Json, SafeInt, URL: Url } = boundedScalars;

/** Processor time in milliseconds: the least of three, because other threads of the process count too. */
function spent(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    expect(work).toThrow();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

const hostile: Record<string, string> = {
  marks: '\u0301\u0316',
  digits: '1',
  dots: 'a.',
  hyphens: '-',
  spaces: ' ',
  'at signs': '@',
  slashes: '/',
  'percent signs': '%',
};

test.each(Object.entries(boundedScalars))('%s has the name that our schemas give it', (name, scalar) => {
  expect(scalar.name).toBe(name);
});

test.each<[string, GraphQLScalarType]>([
  ['DateTime', DateTime],
  ['EmailAddress', EmailAddress],
  ['URL', Url],
  ['SafeInt', SafeInt],
])('%s refuses a megabyte of anything as fast as one of letters', (_name, scalar) => {
  const refuse = (text: string): number => {
    const ways = [
      spent(() => scalar.parseValue(text)),
      spent(() => scalar.parseLiteral({ kind: 'StringValue', value: text } as never)),
    ];
    return Math.max(...ways);
  };
  const letters = refuse('a'.repeat(1_000_000));
  for (const part of Object.values(hostile)) {
    const text = part.repeat(1_000_000 / part.length);
    for (const prefix of ['', 'https://souk.test/', 'a@', '2030-01-01T00:00:00.'])
      expect(refuse(prefix + text)).toBeLessThan(5 * letters + 50);
  }
});

test.each<[GraphQLScalarType, string]>([
  [SafeInt, '1e999'],
  [SafeInt, '1'.repeat(500)],
  [SafeInt, '9007199254740993'],
  [SafeInt, '1.5'],
  [Json, '1e999'],
  [Json, '{ a: [{ b: -1e999 }] }'],
  [Json, '1'.repeat(500)],
  [Json, '{ __proto__: 1 }'],
  [Json, `${'['.repeat(33)}${']'.repeat(33)}`],
  [DateTime, '"2030-02-30T00:00:00Z"'],
  [EmailAddress, `"a@b.test\\u0000"`],
  [Url, '"https://souk.test/\\u0000"'],
])('%s takes no literal %s', (scalar, literal) => {
  expect(() => scalar.parseLiteral(parseValue(literal))).toThrow();
});

test.each<[GraphQLScalarType, unknown]>([
  [SafeInt, Infinity],
  [SafeInt, '1'],
  [Json, { a: [NaN] }],
  [Json, JSON.parse('{"a": 1e999}')],
  [Json, JSON.parse('{"a": {"__proto__": {"isAdmin": true}}}')],
  [Json, Array.from({ length: 20_001 }, () => 0)],
  [Url, 'https://souk.test/\ud83d'],
  [Url, `https://souk.test/${'a'.repeat(30_000)}`],
  [EmailAddress, `${'a'.repeat(1_000)}@souk.test`],
])('%s takes no value %j', (scalar, value) => {
  expect(() => scalar.parseValue(value)).toThrow();
});

test.each([' ada@souk.test', 'ada@souk.test ', '\u00a0ada@souk.test\n'])('EmailAddress trims %j', (text) => {
  expect(EmailAddress.parseValue(text)).toBe('ada@souk.test');
  expect(EmailAddress.parseLiteral(parseValue(JSON.stringify(text)))).toBe('ada@souk.test');
  expect(() => EmailAddress.parseValue(text.replace('@', ' @'))).toThrow();
});

test('JSON that nests as deep as a stack is refused without breaking it', () => {
  let value: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) value = [value];
  expect(() => Json.parseValue(value)).toThrow('nests more than 32 levels deep');
});

test('JSON is returned unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      fc.pre(!JSON.stringify(value).includes('__proto__'));
      expect(Json.parseValue(value)).toBe(value);
    }),
  );
  expect(Json.parseLiteral(parseValue('{ a: [1, 2.5, "x", true, null, B] }'), {})).toEqual({
    a: [1, 2.5, 'x', true, null, undefined],
  });
});
