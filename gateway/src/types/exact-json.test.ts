import type { ExactNumber } from './exact-json.js';
import { exactText, markNumbers, parseExact, revived, stringifyExact, withDoubles } from './exact-json.js';

const roundTrip = (text: string): string => stringifyExact(parseExact(text));

describe('JSON with numbers that doubles would round', () => {
  it.each([
    '9223372036854775807',
    '-9223372036854775808',
    '9007199254740993',
    '[9007199254740993,1,9007199254740991]',
    '{"a":{"b":[{"c":18446744073709551615}]}}',
    '0.1234567890123456789',
    '12345678901234567890.5',
    '{"text":"9007199254740993","\\"9007199254740993":9007199254740993}',
    '{"__proto__":9007199254740993}',
    '"a \\\\\\" 9007199254740993"',
  ])('keeps the digits of %s', (text) => {
    expect(roundTrip(text)).toBe(text);
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['0.30000000000000004', 0.30000000000000004],
    ['1764535641000.123', 1764535641000.123],
    ['"192.168.100.100.200.300"', '192.168.100.100.200.300'],
    ['1.50', 1.5],
  ])('reads %s as JSON.parse does', (text, value) => {
    expect(parseExact(text)).toBe(value);
  });

  it('makes no number of a text that resembles its own', () => {
    const text = '{"text":"exact:1:9007199254740993","n":9007199254740993}';
    expect(roundTrip(text)).toBe(text);
  });

  it('passes through the parser of another', () => {
    const sent = '{"variables":{"a":[9007199254740993],"b":{"c":1}}}';
    const value = JSON.parse(markNumbers(sent)) as unknown;
    expect(exactText(JSON.stringify(value))).toBe(sent);
    const inner = revived(value) as { variables: { a: [ExactNumber]; b: object } };
    expect(inner.variables.a[0].text).toBe('9007199254740993');
    expect(inner.variables.b).toBe((value as typeof inner).variables.b);
    expect(withDoubles(inner)).toEqual({ variables: { a: [9007199254740992], b: { c: 1 } } });
  });

  it('refuses what is no JSON', () => {
    expect(() => parseExact('{9007199254740993}')).toThrow(SyntaxError);
    expect(() => parseExact('"9007199254740993')).toThrow(SyntaxError);
  });
});
