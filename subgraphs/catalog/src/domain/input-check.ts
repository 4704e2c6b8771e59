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

  /** Trimmed text, where there must be some. Its length and its characters are checked before (graph/input-rules.ts). */
  requiredText(value: string | null | undefined, field: Path): string {
    const text = textOf(value);
    if (text === null) this.refuse(field, 'This is needed.');
    return text ?? '';
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
  texts(values: readonly string[] | null | undefined, field: Path, maxCount: number): string[] {
    const given = values ?? [];
    if (given.length > maxCount) {
      this.refuse(field, `There may be ${maxCount} at most.`);
      return [];
    }
    return [...new Set(given.map((value, index) => this.requiredText(value, [...field, `${index}`])))];
  }

  /** An address as text; null where there is none or it was refused. `problemOf` says what is wrong with it. */
  address(
    value: URL | null | undefined,
    field: Path,
    validate: (address: URL) => string | null = validateWebAddress,
  ): string | null {
    const problem = value ? validate(value) : null;
    if (problem !== null) this.refuse(field, problem);
    return value && problem === null ? value.href : null;
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

/** Trimmed text, or null where there is none. Blank text is none. */
export function textOf(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

function validateWebAddress({ protocol }: URL): string | null {
  return protocol === 'https:' || protocol === 'http:'
    ? null
    : 'The address must begin with https: or http:.';
}
