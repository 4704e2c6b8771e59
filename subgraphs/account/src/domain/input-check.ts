import { Rejection, Rejections } from '@souk/shared/errors';

const phonePattern = /^\+?[0-9][0-9 ()./-]{2,29}$/;

/** Checks the fields of an input and gathers what is refused, so that all of it is told at once. */
export class InputCheck {
  readonly #path: readonly string[];
  readonly #found: Rejection[] = [];

  /** `path`: where the fields are, beginning with the argument's name; empty for arguments themselves. */
  constructor(...path: string[]) {
    this.#path = path;
  }

  /** The path of a field, for refusals that others make. */
  path(field: string): string[] {
    return [...this.#path, field];
  }

  /** Refuses a field. */
  refuse(field: string, message: string, code = 'INVALID'): void {
    this.add(new Rejection(code, message, { field: this.path(field) }));
  }

  /** Takes a refusal from elsewhere, where there is one. */
  add(rejection: Rejection | null): void {
    if (rejection) this.#found.push(rejection);
  }

  /** A text that must be there, trimmed. Its length and its characters are checked before (graph/input-rules.ts). */
  text(field: string, value: string | null | undefined): string {
    const text = visibleText(value);
    if (text === null) this.refuse(field, 'This must not be empty.');
    return text ?? '';
  }

  /** A telephone number that may be left out. */
  phone(field: string, value: string | null | undefined): string | null {
    const text = visibleText(value);
    if (text !== null && !phonePattern.test(text)) {
      this.refuse(
        field,
        'A telephone number has 3 to 30 digits, spaces and ( ) . / -, and may begin with +.',
      );
    }
    return text;
  }

  /** The address of something on the web, which may be left out. */
  webAddress(field: string, value: URL | null | undefined): string | null {
    if (!value) return null;
    if (!/^https?:$/.test(value.protocol))
      this.refuse(field, 'A web address begins with http:// or https://.');
    return value.href;
  }

  /** @throws Rejection or Rejections when anything was refused */
  throwIfAny(): void {
    Rejections.throwIfAny(this.#found);
  }

  /** @throws Rejection or Rejections: this, and what was refused before */
  throwWith(rejection: Rejection): never {
    this.add(rejection);
    this.throwIfAny();
    throw rejection;
  }
}

/** A text that may be left out, trimmed; null when nothing to see is left. */
export function visibleText(value: string | null | undefined): string | null {
  const text = (value ?? '').trim();
  return /[^\p{Z}\p{C}]/u.test(text) ? text : null;
}
