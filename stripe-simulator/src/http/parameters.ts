import { invalidRequest } from '../stripe-error.js';
import type { StripeError } from '../stripe-error.js';
import type { Metadata } from '../stripe-objects.js';

export type RawParameters = Readonly<Record<string, unknown>>;

/** A `created` filter: both ends are inclusive, in seconds. */
export interface TimeRange {
  readonly from: number;
  readonly until: number;
}

const MAX_METADATA_KEY = 40;
const MAX_METADATA_VALUE = 500;
const MAX_TEXT = 5000;
const MAX_EXPANSIONS = 20;

/**
 * The parameters of one call, read one by one. Every reader answers undefined for a parameter that was not
 * sent and throws Stripe's refusal for one that is malformed.
 */
export class Parameters {
  readonly #raw: RawParameters;
  readonly #prefix: string;

  /**
   * @param raw what the query string or the form held
   * @param accepted the names the endpoint reads; any other is refused as `parameter_unknown`
   * @param unplayed names that Stripe knows and the simulator does not play: refused in plain words, because
   *   to pass over them in silence would promise what does not happen
   */
  constructor(
    raw: RawParameters,
    accepted: readonly string[],
    unplayed: readonly string[] = [],
    prefix = '',
  ) {
    this.#raw = raw;
    this.#prefix = prefix;
    const unknown = Object.keys(raw).filter((name) => !accepted.includes(name));
    const first = unknown[0];
    if (first === undefined) return;
    const strange = unknown.filter((name) => !unplayed.includes(name)).map((name) => this.#path(name));
    const [param] = strange;
    if (param === undefined) {
      throw invalidRequest(`The simulator does not play the parameter ${this.#path(first)}.`, {
        param: this.#path(first),
      });
    }
    const noun = strange.length === 1 ? 'parameter' : 'parameters';
    throw invalidRequest(`Received unknown ${noun}: ${strange.join(', ')}`, {
      code: 'parameter_unknown',
      param,
    });
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#raw, name);
  }

  /** A text that is not empty. */
  text(name: string): string | undefined {
    const value = this.#scalar(name);
    if (value === '') {
      throw invalidRequest(
        `You passed an empty string for '${this.#path(name)}'. We assume empty values are an attempt to unset ` +
          `a parameter; however '${this.#path(name)}' cannot be unset. You should remove '${this.#path(name)}' ` +
          'from your request or supply a non-empty value.',
        { code: 'parameter_invalid_empty', param: this.#path(name) },
      );
    }
    return value;
  }

  /** A text that an empty string unsets: null. */
  clearableText(name: string): string | null | undefined {
    const value = this.#scalar(name);
    return value === '' ? null : value;
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.#missing(name);
    return value;
  }

  /** A whole number of at least 1. */
  positiveInteger(name: string): number | undefined {
    const value = this.#integer(name);
    if (value !== undefined && value < 1) {
      throw invalidRequest('This value must be greater than or equal to 1.', {
        code: 'parameter_invalid_integer',
        param: this.#path(name),
      });
    }
    return value;
  }

  requiredPositiveInteger(name: string): number {
    const value = this.positiveInteger(name);
    if (value === undefined) throw this.#missing(name);
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value === 'true') return true;
    if (value === 'false') return false;
    throw invalidRequest(`Invalid boolean: ${value}`, { param: this.#path(name) });
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const chosen = choices.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    throw invalidRequest(`Invalid ${this.#path(name)}: must be one of ${choices.join(', ')}`, {
      param: this.#path(name),
    });
  }

  /** A list, sent as name[]=a or name[0]=a. */
  texts(name: string): string[] | undefined {
    const value = this.#raw[name];
    if (value === undefined) return undefined;
    if (Array.isArray(value)) {
      const items: unknown[] = value;
      if (items.every((item) => typeof item === 'string')) return items;
    }
    throw invalidRequest('Invalid array', { param: this.#path(name) });
  }

  /** The paths to expand, a bounded number of them. */
  expansions(): string[] {
    const paths = this.texts('expand') ?? [];
    if (paths.length <= MAX_EXPANSIONS) return paths;
    throw invalidRequest(`You cannot expand more than ${MAX_EXPANSIONS} properties.`, { param: 'expand' });
  }

  /**
   * Metadata to merge into what an object holds: an empty value takes its key away; `null` (sent as an empty
   * string in place of the whole) takes all keys away.
   */
  metadata(): Metadata | null | undefined {
    const value = this.#raw['metadata'];
    if (value === undefined) return undefined;
    if (value === '') return null;
    if (!isRecord(value)) throw invalidRequest('Invalid object', { param: 'metadata' });
    const entries = Object.entries(value);
    for (const [key, item] of entries) {
      const param = `metadata[${key}]`;
      if (typeof item !== 'string') {
        throw invalidRequest(`Metadata values must be strings, but for key ${key} you passed in an object`, {
          param,
        });
      }
      if (key.length > MAX_METADATA_KEY) {
        throw invalidRequest(
          `Metadata keys can have up to ${MAX_METADATA_KEY} characters, but you passed in ${key.length}.`,
          { param },
        );
      }
      if (item.length > MAX_METADATA_VALUE) {
        throw invalidRequest(
          `Metadata values can have up to ${MAX_METADATA_VALUE} characters, but you passed in a value that is ` +
            `${item.length} characters.`,
          { param },
        );
      }
    }
    return value as Metadata;
  }

  /** A `created` filter: an exact time, or gt, gte, lt, lte. */
  created(): TimeRange | undefined {
    if (!isRecord(this.#raw['created'])) {
      const exact = this.#integer('created');
      return exact === undefined ? undefined : { from: exact, until: exact };
    }
    const range = this.nested('created', ['gt', 'gte', 'lt', 'lte']);
    const above = range.#integer('gt');
    const below = range.#integer('lt');
    return {
      from: Math.max(above === undefined ? 0 : above + 1, range.#integer('gte') ?? 0),
      until: Math.min(below === undefined ? Infinity : below - 1, range.#integer('lte') ?? Infinity),
    };
  }

  /** The parameters sent as name[a]=.., as parameters of their own; empty where none were sent. */
  nested(name: string, accepted: readonly string[]): Parameters {
    const value = this.#raw[name] ?? {};
    if (!isRecord(value)) throw invalidRequest('Invalid object', { param: this.#path(name) });
    return new Parameters(value, accepted, [], this.#path(name));
  }

  #scalar(name: string): string | undefined {
    const value = this.#raw[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw invalidRequest('Invalid string', { param: this.#path(name) });
    if (value.length > MAX_TEXT) {
      throw invalidRequest(`Invalid string: must be at most ${MAX_TEXT} characters`, {
        param: this.#path(name),
      });
    }
    return value;
  }

  #integer(name: string): number | undefined {
    const raw = this.#raw[name];
    const value = typeof raw === 'string' && raw !== '' ? raw : this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (/^-?\d+$/.test(value) && Number.isSafeInteger(number)) return number;
    throw invalidRequest(`Invalid integer: ${value.slice(0, 100)}`, {
      code: 'parameter_invalid_integer',
      param: this.#path(name),
    });
  }

  #path(name: string): string {
    return this.#prefix === '' ? name : `${this.#prefix}[${name}]`;
  }

  #missing(name: string): StripeError {
    return invalidRequest(`Missing required param: ${this.#path(name)}.`, {
      code: 'parameter_missing',
      param: this.#path(name),
    });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
