import { randomUUID } from 'node:crypto';

/**
 * Stands for an exact number where JSON is made of it, in quotes; `exactText` takes both away. It is made anew in each
 * process, so that a text of a client is never taken for a number.
 */
const mark = `exact:${randomUUID()}:`;
const marked = new RegExp(`"${mark}(-?\\d[\\d.eE+-]*)"`, 'g');

/** Whether there has been a number of the kind: most processes never meet one, and pay nothing. */
let hasAny = false;

/** A number that a double would round, such as an integer past 2^53: its digits as they came. */
export class ExactNumber {
  readonly #text: string;

  constructor(text: string) {
    hasAny = true;
    this.#text = text;
  }

  /** As JSON has it. */
  get text(): string {
    return this.#text;
  }

  /** Whether it is written as an integer. */
  get isInteger(): boolean {
    return /^-?\d+$/.test(this.#text);
  }

  /** The nearest double. */
  valueOf(): number {
    return Number(this.#text);
  }

  /** For `exactText`. */
  toJSON(): string {
    return mark + this.#text;
  }
}

// Written out: a search for sixteen of one class skips what cannot be the end of them. 1/20 of the time of JSON.parse.
const long = new RegExp('[\\d.]'.repeat(16));
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
/** A double holds as many digits in any case. */
const safeDigits = 15;

/** Whether a double would round a number with these digits. */
export function isInexact(text: string): boolean {
  const digits = text.replace(/[eE].*$/, '').replace(/[-.]/g, '');
  if (digits.length <= safeDigits) return false;
  const value = Number(text);
  return /[.eE]/.test(text) ? String(value) !== text : !Number.isSafeInteger(value);
}

/** JSON.parse, but numbers that a double would round are ExactNumbers. */
export function parseExact(text: string): unknown {
  return long.test(text) ? (JSON.parse(markNumbers(text), revive) as unknown) : JSON.parse(text);
}

/** JSON.stringify of a value that may have ExactNumbers. Undefined for what JSON leaves out. */
export function stringifyExact(value: unknown): string {
  // The library's type leaves out that a function, say, gives undefined.
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? (json as unknown as string) : exactText(json);
}

/** A text by JSON.stringify, with ExactNumbers as numbers. */
export function exactText(json: string): string {
  return hasAny && json.includes(mark) ? json.replace(marked, '$1') : json;
}

/** JSON for a parser of somebody else's; `revived` makes ExactNumbers of its values. */
export function markNumbers(text: string): string {
  if (!long.test(text)) return text;
  return text.replace(tokens, (token) => {
    if (token.startsWith('"') || !isInexact(token)) return token;
    hasAny = true;
    return `"${mark}${token}"`;
  });
}

/** Values that a parser has made of marked JSON, with ExactNumbers. The same object where there are none. */
export function revived<Value>(value: Value): Value {
  if (!hasAny) return value;
  return mapped(value, (leaf) => revive('', leaf)) as Value;
}

/** Values with doubles in place of ExactNumbers, for those who need no more. The same object where there are none. */
export function withDoubles<Value>(value: Value): Value {
  if (!hasAny) return value;
  return mapped(value, (leaf) => (leaf instanceof ExactNumber ? Number(leaf) : leaf)) as Value;
}

function revive(_key: string, value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(mark)
    ? new ExactNumber(value.slice(mark.length))
    : value;
}

function mapped(value: unknown, leafOf: (leaf: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return leafOf(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => mapped(item, leafOf));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, item, mapped(item, leafOf)] as const);
  if (entries.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(entries.map(([key, , after]) => [key, after]));
}
