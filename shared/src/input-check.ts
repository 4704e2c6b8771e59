import { looksLikeCard } from './card-number.js';
import { Rejection, Rejections, rejectionsOf } from './errors.js';
import type { Money } from './money.js';
import { parseMoney } from './money.js';
import { visibleText } from './text.js';

/** A path into the arguments of a field: the argument's name, then input fields and list indexes. */
export type Path = readonly string[];

/**
 * Collects the violations of an input, so that the caller receives all of them together. The input pass
 * (graph/input-rules.ts) has already checked the lengths and characters of texts.
 */
export class InputCheck {
  readonly #root: Path;
  readonly #max: number;
  readonly #violations: Rejection[] = [];

  /** `root`: path of the fields; empty for arguments. `max`: violations to collect; later ones are dropped. */
  constructor(root: Path = [], max = Number.POSITIVE_INFINITY) {
    this.#root = root;
    this.#max = max;
  }

  /** The violations in the order of their discovery. */
  get violations(): readonly Rejection[] {
    return this.#violations;
  }

  /** The path of a field, for rejections created elsewhere. */
  path(field: string | Path): string[] {
    return [...this.#root, ...(typeof field === 'string' ? [field] : field)];
  }

  /** Adds a violation of a field. */
  refuse(field: string | Path, message: string, code = 'INVALID'): void {
    this.add(new Rejection(code, message, { field: this.path(field) }));
  }

  /** Adds a violation created elsewhere; ignores null. */
  add(rejection: Rejection | null): void {
    if (rejection && this.#violations.length < this.#max) this.#violations.push(rejection);
  }

  /** @throws Rejection or Rejections if there are violations */
  throwIfAny(): void {
    Rejections.throwIfAny(this.#violations);
  }

  /** @throws Rejection or Rejections: this one and those collected so far */
  throwWith(rejection: Rejection): never {
    this.add(rejection);
    this.throwIfAny();
    throw rejection;
  }

  /** Returns required text, trimmed; empty if it is refused. */
  text(field: string | Path, value: string | null | undefined): string {
    const text = visibleText(value);
    if (text === null) this.refuse(field, 'Must not be empty.');
    return text ?? '';
  }

  /** Returns required text without a card number, trimmed; empty if it is blank. */
  textWithoutCard(field: string | Path, value: string): string {
    const text = this.text(field, value);
    if (looksLikeCard(text)) this.refuse(field, 'Must not contain a card number.');
    return text;
  }

  /** Returns trimmed texts without duplicates. */
  texts(field: string | Path, values: readonly string[] | null | undefined, maxCount: number): string[] {
    const given = values ?? [];
    if (given.length > maxCount) {
      this.refuse(field, `At most ${maxCount} are allowed.`);
      return [];
    }
    const at = typeof field === 'string' ? [field] : field;
    return [...new Set(given.map((value, index) => this.text([...at, `${index}`], value)))];
  }

  /** Returns a number within bounds; null if it is absent or refused. */
  number(field: string | Path, value: number | null | undefined, min: number, max: number): number | null {
    if (value === null || value === undefined) return null;
    if (value >= min && value <= max) return value;
    this.refuse(field, `Must be between ${min} and ${max}; it is ${value}.`);
    return null;
  }

  /** Returns a URL as text; null if it is absent or refused. `validate` returns the reason, or null. */
  url(
    field: string | Path,
    value: URL | null | undefined,
    validate: (url: URL) => string | null = validateWebAddress,
  ): string | null {
    const problem = value ? validate(value) : null;
    if (problem !== null) this.refuse(field, problem);
    return value && problem === null ? value.href : null;
  }

  /** Returns an amount of 0 to `max` minor units; null if it is absent or refused. */
  money(field: Path, value: Money | null | undefined, max: number): Money | null {
    if (!value) return null;
    try {
      const money = parseMoney(value, this.path(field));
      if (money.amount <= max) return money;
      this.refuse([...field, 'amount'], `The amount must be at most ${max}.`);
    } catch (error) {
      const refused = rejectionsOf(error);
      if (!refused) throw error;
      for (const rejection of refused) this.add(rejection);
    }
    return null;
  }
}

function validateWebAddress({ protocol }: URL): string | null {
  return protocol === 'https:' || protocol === 'http:' ? null : 'Must start with http:// or https://.';
}
