import fc from 'fast-check';
import { checkText, countCharacters, storable, unstorableProblem } from './text.js';

const line = { max: 10, multiline: false, opaque: false };

/** Any UTF-16, halves of surrogate pairs and controls among it. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});
const anyRule = fc.record({
  max: fc.integer({ min: 0, max: 40 }),
  multiline: fc.boolean(),
  opaque: fc.boolean(),
});

describe('a text by its rule', () => {
  it.each([
    ['', ''],
    ['ten chars.', 'ten chars.'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['🎷'.repeat(10), '🎷'.repeat(10)],
    // Ten characters that are forty code units as they come.
    ['\u03c9\u0314\u0342\u0345'.repeat(10), '\u1fa7'.repeat(10)],
  ])('%j is %j', (text, expected) => {
    expect(checkText(text, line)).toEqual({ text: expected });
  });

  it.each([
    ['eleven char', 'Must have at most 10 characters; it has 11.'],
    [' '.repeat(1_234), 'Must have at most 10 characters; it has 1,234.'],
    ['🎷'.repeat(11), 'Must have at most 10 characters; it has 11.'],
    ['a\0', 'Must not contain NUL characters.'],
    ['a\ud83d', /halves of surrogate pairs/],
    ['\udfb7a', /halves of surrogate pairs/],
    ['a\u001b[31m', 'Must not contain control characters.'],
    ['a\u009b', 'Must not contain control characters.'],
    ['a\nb', 'Must not contain line breaks or tabs.'],
    ['a\tb', 'Must not contain line breaks or tabs.'],
    ['a\u2028b', 'Must not contain line breaks or tabs.'],
    ['\u202etxt.exe', 'Must not contain bidirectional control characters.'],
    ['\u2066a\u2069', 'Must not contain bidirectional control characters.'],
    [`a${'\u0301'.repeat(31)}`, 'Must not contain more than 30 combining marks in a row.'],
  ])('%j is refused', (text, problem) => {
    expect(checkText(text, line)).toEqual({ problem: expect.stringMatching(problem) as string });
  });

  it('takes line breaks and tabs where it has several lines', () => {
    const text = 'a\r\n\tb\u2028';
    expect(checkText(text, { ...line, multiline: true })).toEqual({ text });
    expect(checkText('a\u0007', { ...line, multiline: true })).toHaveProperty('problem');
  });

  it('is taken as it is where it is opaque, but for what is no text', () => {
    const secret = { ...line, opaque: true };
    expect(checkText('e\u0301\u202e\u0007', secret)).toEqual({ text: 'e\u0301\u202e\u0007' });
    expect(checkText('a\0', secret)).toHaveProperty('problem');
    expect(checkText('\ud83d', secret)).toHaveProperty('problem');
    expect(checkText('x'.repeat(11), secret)).toHaveProperty('problem');
  });

  it('is Unicode text in normalization form C, of a bounded length, and stays the same when it is checked again', () => {
    fc.assert(
      fc.property(anyText, anyRule, (text, rule) => {
        const checked = checkText(text, rule);
        if (!('text' in checked)) return;
        expect(countCharacters(checked.text)).toBeLessThanOrEqual(rule.max);
        expect(checked.text).not.toContain('\0');
        expect(Buffer.from(checked.text).toString()).toBe(checked.text);
        expect(checkText(checked.text, rule)).toEqual(checked);
        if (rule.opaque) expect(checked.text).toBe(text);
        else expect(checked.text.normalize('NFC')).toBe(checked.text);
      }),
    );
  });

  it('accepts what people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const rule = { max: 2_000, multiline: true, opaque: false };
        expect(checkText(text, rule)).toEqual({ text: text.normalize('NFC') });
      }),
    );
  });

  it('of a megabyte of combining marks is refused as fast as one of letters', () => {
    const spent = (text: string): number => {
      const before = process.cpuUsage();
      expect(checkText(text, { max: 20_000, multiline: true, opaque: false })).toHaveProperty('problem');
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    spent('x'.repeat(1_000_000));
    const letters = spent('x'.repeat(1_000_000));
    expect(spent(`a${'\u0301\u0316'.repeat(500_000)}`)).toBeLessThan(5 * letters + 50);
    // As many as the raw length lets through.
    expect(spent(`a${'\u0301\u0316'.repeat(39_000)}`)).toBeLessThan(5 * letters + 50);
  });
});

test('characters are code points', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(countCharacters(text)).toBe(Array.from(text).length);
    }),
  );
});

it('makes any text storable, within its bound', () => {
  expect(storable('a\0b\ud83d c \u{1f600}', 100)).toBe('a\ufffdb\ufffd c \u{1f600}');
  fc.assert(
    fc.property(anyText, fc.integer({ min: 0, max: 20 }), (text, max) => {
      const stored = storable(text, max);
      return stored.length <= max && unstorableProblem(stored) === null;
    }),
  );
});
