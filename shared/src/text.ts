/** The rule for a text of an input. */
export interface TextRule {
  /** Characters at most: Unicode code points, after normalization. */
  max: number;
  /** Whether it may have line breaks and tabs. */
  multiline: boolean;
  /**
   * A password, token, key or cursor: compared, never shown. It is taken as it is, and refused only where it is no
   * Unicode text or holds NUL.
   */
  opaque: boolean;
}

/** A text that follows its rule, in normalization form C; or what is wrong with it, for people to read. */
export type CheckedText = { text: string } | { problem: string };

/**
 * UTF-16 code units that a character may take before normalization: the longest canonical decompositions of letters in
 * use have four.
 */
const unitsPerCharacter = 4;

/** Combining marks in a row; no language needs more (Unicode Standard Annex #15, Stream-Safe Text Format). */
const maxMarksInARow = 30;

const plain = /^[\x20-\x7e]*$/;
const tooManyMarks = new RegExp(String.raw`\p{M}{${maxMarksInARow + 1}}`, 'u');
const lineBreaks = /[\t\n\r\x85\u2028\u2029]/u;
const controls = /[^\P{Cc}\t\n\r\x85]/u;
/** Embeddings, overrides and isolates: with them a text reads in another order than it is stored. */
const bidirectionalControls = /[\u202a-\u202e\u2066-\u2069]/u;

/**
 * Checks a text by its rule and normalizes it. The length and the runs of combining marks are checked first, since the
 * time of normalization grows with the square of their number.
 */
export function checkText(text: string, rule: TextRule): CheckedText {
  if (text.length > rule.max * unitsPerCharacter) return { problem: tooLong(rule.max, text) };
  const problem = unstorableProblem(text) ?? (rule.opaque ? null : unreadableProblem(text, rule));
  if (problem !== null) return { problem };
  const checked = rule.opaque || plain.test(text) ? text : text.normalize('NFC');
  return countCharacters(checked) > rule.max ? { problem: tooLong(rule.max, checked) } : { text: checked };
}

/** The problem of a text that databases and JSON readers do not accept; null for any other. */
export function unstorableProblem(text: string): string | null {
  if (text.includes('\0')) return 'Must not contain NUL characters.';
  // A surrogate that has its other half is read as one character by the u flag.
  return /\p{Cs}/u.test(text)
    ? 'Must not contain halves of surrogate pairs: they are no Unicode text.'
    : null;
}

/** A text for storage and logs: at most `max` UTF-16 code units, with U+FFFD in place of what cannot be stored. */
export function storable(text: string, max: number): string {
  return text
    .slice(0, max)
    .replaceAll('\0', '\ufffd')
    .replaceAll(/\p{Cs}/gu, '\ufffd');
}

/** The problem of a text for people; null for a good one. */
export function unreadableProblem(text: string, { multiline }: Pick<TextRule, 'multiline'>): string | null {
  if (plain.test(text)) return null;
  if (controls.test(text)) return 'Must not contain control characters.';
  if (!multiline && lineBreaks.test(text)) return 'Must not contain line breaks or tabs.';
  if (bidirectionalControls.test(text)) return 'Must not contain bidirectional control characters.';
  if (tooManyMarks.test(text))
    return `Must not contain more than ${maxMarksInARow} combining marks in a row.`;
  return null;
}

/** How many characters a text has, counted in Unicode code points. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    if (isLow(text.charCodeAt(index)) && isHigh(text.charCodeAt(index - 1))) count -= 1;
  }
  return count;
}

/** Trims an optional text; null if no visible character remains. */
export function visibleText(value: string | null | undefined): string | null {
  const text = (value ?? '').trim();
  return /[^\p{Z}\p{C}]/u.test(text) ? text : null;
}

/** A number as descriptions and messages write it, e.g. 20,000. */
export function written(count: number): string {
  return count.toLocaleString('en-US');
}

function tooLong(max: number, text: string): string {
  return `Must have at most ${written(max)} characters; it has ${written(countCharacters(text))}.`;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
