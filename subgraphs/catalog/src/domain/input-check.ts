import type { Money } from '@souk/shared/money';
import { parseMoney } from '@souk/shared/money';
import { Rejection, Rejections, rejectionsOf } from '@souk/shared/errors';

/** A path into a mutation's arguments. */
export type Path = readonly string[];

/** Collects all violations of an input, so that the client receives them together. */
export class InputCheck {
  readonly #found: Rejection[] = [];

  /** Adds a violation. */
  refuse(field: Path, message: string, code = 'INVALID'): void {
    this.#found.push(new Rejection(code, message, { field }));
  }

  /** @throws Rejection or Rejections if there are violations */
  throwIfAny(): void {
    Rejections.throwIfAny(this.#found);
  }

  /** Returns required text, trimmed. graph/input-rules.ts has already checked its length and characters. */
  requiredText(value: string | null | undefined, field: Path): string {
    const text = textOf(value);
    if (text === null) this.refuse(field, 'This is required.');
    return text ?? '';
  }

  /** Returns a whole number within bounds, or null if absent. */
  whole(value: number | null | undefined, field: Path, min: number, max: number): number | null {
    return this.#number(value, field, min, max);
  }

  /** Returns a number within bounds, or null if absent. */
  number(value: number | null | undefined, field: Path, min: number, max: number): number | null {
    return this.#number(value, field, min, max);
  }

  /** Returns trimmed, nonblank texts without duplicates. */
  texts(values: readonly string[] | null | undefined, field: Path, maxCount: number): string[] {
    const given = values ?? [];
    if (given.length > maxCount) {
      this.refuse(field, `At most ${maxCount} are allowed.`);
      return [];
    }
    return [...new Set(given.map((value, index) => this.requiredText(value, [...field, `${index}`])))];
  }

  /** Returns an address as text; null if absent or invalid. `validate` returns the reason, or null. */
  address(
    value: URL | null | undefined,
    field: Path,
    validate: (address: URL) => string | null = validateWebAddress,
  ): string | null {
    const problem = value ? validate(value) : null;
    if (problem !== null) this.refuse(field, problem);
    return value && problem === null ? value.href : null;
  }

  /** Returns an amount of 0 to `max` minor units; null if absent or invalid. */
  money(value: Money | null | undefined, field: Path, max: number): Money | null {
    if (!value) return null;
    try {
      const money = parseMoney(value, field);
      if (money.amount <= max) return money;
      this.refuse([...field, 'amount'], `The amount must be at most ${max}.`);
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

/** Returns trimmed text; null for absent or blank text. */
export function textOf(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

function validateWebAddress({ protocol }: URL): string | null {
  return protocol === 'https:' || protocol === 'http:'
    ? null
    : 'The address must begin with https: or http:.';
}
