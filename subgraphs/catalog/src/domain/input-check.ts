import type { Money } from '@souk/shared/money';
import { parseMoney } from '@souk/shared/money';
import { Rejection, Rejections, rejectionsOf } from '@souk/shared/errors';

/** A path into a mutation's arguments. */
export type Path = readonly string[];

/** Collects what is wrong with an input, so that all of it is told at once. */
export class InputCheck {
  readonly #found: Rejection[] = [];

  /** Notes a refusal. */
  refuse(field: Path, message: string, code = 'INVALID'): void {
    this.#found.push(new Rejection(code, message, { field }));
  }

  /** @throws Rejection or Rejections when anything was refused */
  throwIfAny(): void {
    Rejections.throwIfAny(this.#found);
  }

  /** Trimmed text of 1 to `max` characters, or null where there is none. Blank text is none. */
  text(value: string | null | undefined, field: Path, max: number): string | null {
    const text = value?.trim() ?? '';
    if (text === '') return null;
    if (text.includes('\0')) this.refuse(field, 'Text may not hold NUL characters.');
    else if (text.length > max) this.refuse(field, `This may have ${max} characters at most.`);
    else return text;
    return null;
  }

  /** The same, where there must be one. */
  requiredText(value: string | null | undefined, field: Path, max: number): string {
    const text = value?.trim() ?? '';
    if (text === '') this.refuse(field, 'This is needed.');
    return this.text(text, field, max) ?? '';
  }

  /** A whole number within bounds, or null where there is none. */
  whole(value: number | null | undefined, field: Path, min: number, max: number): number | null {
    return this.#number(value, field, min, max);
  }

  /** A number within bounds, or null where there is none. */
  number(value: number | null | undefined, field: Path, min: number, max: number): number | null {
    return this.#number(value, field, min, max);
  }

  /** Texts, each trimmed and not blank, without repeats. */
  texts(values: readonly string[] | null | undefined, field: Path, maxCount: number, max: number): string[] {
    const given = values ?? [];
    if (given.length > maxCount) {
      this.refuse(field, `There may be ${maxCount} at most.`);
      return [];
    }
    return [...new Set(given.map((value, index) => this.requiredText(value, [...field, `${index}`], max)))];
  }

  /** A web address of one of the protocols, as text; null where there is none. */
  address(
    value: URL | null | undefined,
    field: Path,
    protocols: readonly string[],
    max = 2_000,
  ): string | null {
    if (!value) return null;
    if (!protocols.some((protocol) => value.href.startsWith(protocol))) {
      this.refuse(field, `The address must begin with ${protocols.join(' or ')}.`);
    } else if (value.href.length > max) {
      this.refuse(field, `The address may have ${max} characters at most.`);
    } else {
      return value.href;
    }
    return null;
  }

  /** Any JSON that the database can hold, of `max` characters at most when written. */
  json(value: unknown, field: Path, max: number): unknown {
    if (value === undefined || value === null) return null;
    const written = JSON.stringify(value);
    if (written.length > max) this.refuse(field, `This may have ${max} characters at most when written.`);
    // What the database's JSON cannot hold: NUL, and halves of surrogate pairs.
    else if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(written))
      this.refuse(field, 'This holds characters that are no text.');
    else return value;
    return null;
  }

  /** An amount of 0 up to `max` minor units; null where there is none or it was refused. */
  money(value: Money | null | undefined, field: Path, max: number): Money | null {
    if (!value) return null;
    try {
      const money = parseMoney(value, field);
      if (money.amount <= max) return money;
      this.refuse([...field, 'amount'], `The amount may be ${max} at most.`);
    } catch (error) {
      const refused = rejectionsOf(error);
      if (!refused) throw error;
      this.#found.push(...refused);
    }
    return null;
  }

  #number(value: number | null | undefined, field: Path, min: number, max: number): number | null {
    if (value === null || value === undefined) return null;
    if (value >= min && value <= max) return value;
    this.refuse(field, `This must be between ${min} and ${max}; it is ${value}.`);
    return null;
  }
}

/** Whether text can be asked of the database, and is not absurdly long. */
export function isAskable(text: string): boolean {
  return !text.includes('\0') && text.length <= 200;
}
