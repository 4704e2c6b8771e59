import { Rejection, Rejections } from '@souk/shared/errors';

const phonePattern = /^\+?[0-9][0-9 ()./-]{2,29}$/;

/** Validates the fields of an input and collects the rejections, so that the caller gets all of them at once. */
export class InputCheck {
  readonly #path: readonly string[];
  readonly #found: Rejection[] = [];

  /** `path`: path of the fields, starting with the argument's name; empty for top-level arguments. */
  constructor(...path: string[]) {
    this.#path = path;
  }

  /** The path of a field, for rejections created elsewhere. */
  path(field: string): string[] {
    return [...this.#path, field];
  }

  /** Adds a rejection of a field. */
  refuse(field: string, message: string, code = 'INVALID'): void {
    this.add(new Rejection(code, message, { field: this.path(field) }));
  }

  /** Adds a rejection created elsewhere; ignores null. */
  add(rejection: Rejection | null): void {
    if (rejection) this.#found.push(rejection);
  }

  /** A required text, trimmed. graph/input-rules.ts has already checked its length and characters. */
  text(field: string, value: string | null | undefined): string {
    const text = visibleText(value);
    if (text === null) this.refuse(field, 'Must not be empty.');
    return text ?? '';
  }

  /** An optional telephone number. */
  phone(field: string, value: string | null | undefined): string | null {
    const text = visibleText(value);
    if (text !== null && !phonePattern.test(text)) {
      this.refuse(
        field,
        'Must be a telephone number: 3 to 30 digits, spaces and ( ) . / -, optionally starting with +.',
      );
    }
    return text;
  }

  /** An optional http or https URL. */
  webAddress(field: string, value: URL | null | undefined): string | null {
    if (!value) return null;
    if (!/^https?:$/.test(value.protocol)) this.refuse(field, 'Must start with http:// or https://.');
    return value.href;
  }

  /** @throws Rejection or Rejections when there are any */
  throwIfAny(): void {
    Rejections.throwIfAny(this.#found);
  }

  /** @throws Rejection or Rejections: this one and those collected so far */
  throwWith(rejection: Rejection): never {
    this.add(rejection);
    this.throwIfAny();
    throw rejection;
  }
}

/** An optional text, trimmed; null when no visible character remains. */
export function visibleText(value: string | null | undefined): string | null {
  const text = (value ?? '').trim();
  return /[^\p{Z}\p{C}]/u.test(text) ? text : null;
}
