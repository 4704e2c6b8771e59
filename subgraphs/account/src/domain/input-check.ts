import { Rejection, Rejections } from '@souk/shared/errors';
import { countCharacters } from './characters.js';

const phonePattern = /^\+?[0-9][0-9 ()./-]{2,29}$/;
const maxUrlLength = 2_048;

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

  /** A text that must be there: trimmed, 1 to `max` characters, of one line unless `lines`. */
  text(
    field: string,
    value: string | null | undefined,
    max: number,
    options: { lines?: boolean } = {},
  ): string {
    const text = this.optionalText(field, value, max, options);
    // A refusal that was noted already stands for this one too.
    if (text === null && !this.#refused(field)) this.refuse(field, 'This must not be empty.');
    return text ?? '';
  }

  /** A text that may be left out: trimmed, at most `max` characters; null when nothing to see is left. */
  optionalText(
    field: string,
    value: string | null | undefined,
    max: number,
    options: { lines?: boolean } = {},
  ): string | null {
    const text = (value ?? '').normalize('NFC').trim();
    const shown = options.lines ? text.replace(/[\n\r\t]/g, ' ') : text;
    if (/\p{Cc}/u.test(shown)) {
      this.refuse(field, 'This must not contain control characters.');
      return null;
    }
    if (countCharacters(text) > max) {
      this.refuse(field, `This has at most ${max} characters.`);
      return null;
    }
    return /[^\p{Z}\p{C}]/u.test(shown) ? text : null;
  }

  /** A telephone number that may be left out. */
  phone(field: string, value: string | null | undefined): string | null {
    const text = this.optionalText(field, value, 30);
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
    if (!/^https?:$/.test(value.protocol) || value.username !== '' || value.password !== '') {
      this.refuse(field, 'A web address begins with http:// or https:// and holds no password.');
    }
    if (value.href.length > maxUrlLength) {
      this.refuse(field, `A web address has at most ${maxUrlLength} characters.`);
    }
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

  #refused(field: string): boolean {
    return this.#found.some((rejection) => rejection.field?.at(-1) === field);
  }
}
