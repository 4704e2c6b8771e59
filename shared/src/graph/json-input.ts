import type { TextRule } from '../text.js';
import { unreadableProblem, unstorableProblem, written } from '../text.js';
import type { InputReader } from './input-reader.js';

/** An invalid JSON value. Thrown and caught in this file, since values are read recursively. */
class Unreadable extends Error {}

/**
 * Reads a JSON value, which the scalar has found to be one: its length as JSON text, and its keys and texts, which may
 * have line breaks. The value that is returned has them in normalization form C.
 */
export function jsonReader(rule: TextRule): InputReader {
  return (value, path, check) => {
    try {
      // Long texts are found before they are normalized, and before the whole is written.
      let room = rule.max;
      const spend = (units: number): void => {
        room -= units;
        if (room < 0) throw new Unreadable(tooLong(rule, value));
      };
      const read = readPart(value, spend);
      if (JSON.stringify(read).length > rule.max) throw new Unreadable(tooLong(rule, value));
      return read;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      check.refuse(path, error.message);
      return value;
    }
  };
}

function readPart(part: unknown, spend: (units: number) => void): unknown {
  // Each part takes a character, and what parts it from the next.
  spend(1);
  if (typeof part === 'string') return readString(part, spend);
  if (typeof part !== 'object' || part === null) return part ?? null;
  if (Array.isArray(part)) return part.map((item) => readPart(item, spend));
  const entries = Object.entries(part).map(([key, item]): [string, unknown] => [
    readString(key, spend),
    readPart(item, spend),
  ]);
  const read = Object.fromEntries(entries);
  if (Object.keys(read).length < entries.length)
    throw new Unreadable('Must not contain keys that are the same text in another normalization form.');
  return read;
}

function readString(text: string, spend: (units: number) => void): string {
  spend(text.length);
  const problem = unstorableProblem(text) ?? unreadableProblem(text, { multiline: true });
  if (problem !== null) throw new Unreadable(problem);
  return text.normalize('NFC');
}

function tooLong({ max }: TextRule, value: unknown): string {
  const length = JSON.stringify(value).length;
  return `Must have at most ${written(max)} characters as JSON text; it has ${written(length)}.`;
}
