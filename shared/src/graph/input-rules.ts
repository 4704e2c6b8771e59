import type { GraphQLArgument, GraphQLInputType, GraphQLSchema } from 'graphql';
import { getDirectiveValues, isInputObjectType, isListType, isNonNullType, isScalarType } from 'graphql';
import type { TextRule } from '../text.js';
import { checkText, unstorableProblem, written } from '../text.js';
import type { InputRange } from './input-ranges.js';
import { checkRanges, rangesOf } from './input-ranges.js';
import type { InputPlace, InputReader } from './input-reader.js';
import { jsonReader } from './json-input.js';

/** Items of a list in an input. */
export const maxListItems = 100;
/** UTF-16 code units of an ID; our ids have 90 at most. A longer one is an unknown id. */
const maxIdUnits = 200;
/** An id that nothing has: it has no type. */
const unknownId = 'unknown';

/** The scalars whose arguments and input fields state their length by `@length`. */
const textScalars: ReadonlySet<string> = new Set(['String', 'EmailAddress', 'URL', 'JSON']);

/** How the rules of a schema's inputs are applied: by `@length`, and by the type of each argument and input field. */
export class InputRules {
  readonly #schema: GraphQLSchema;
  readonly #objects = new Map<string, InputReader>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The reader of a field's arguments; null where nothing in them needs to be read. */
  readerOfArguments(arguments_: readonly GraphQLArgument[]): InputReader | null {
    return this.#readerOfPlaces(arguments_);
  }

  /** The reader of one argument or input field. */
  readerOf(place: InputPlace): InputReader | null {
    return this.#readerOfType(place.type, ruleOf(this.#schema, place));
  }

  #readerOfType(type: GraphQLInputType, rule: TextRule | null): InputReader | null {
    if (isNonNullType(type)) return this.#readerOfType(type.ofType, rule);
    if (isListType(type)) return listReader(this.#readerOfType(type.ofType, rule));
    if (isInputObjectType(type)) return this.#readerOfObject(type.name);
    return isScalarType(type) ? scalarReader(type.name, rule) : null;
  }

  #readerOfObject(name: string): InputReader {
    const known = this.#objects.get(name);
    if (known) return known;
    // Input objects may hold each other.
    let read: InputReader | null = null;
    this.#objects.set(name, (value, path, check) => (read ? read(value, path, check) : value));
    const type = this.#schema.getType(name);
    const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    read = this.#readerOfPlaces(fields);
    const reader = read ?? ((value: unknown) => value);
    this.#objects.set(name, reader);
    return reader;
  }

  #readerOfPlaces(places: readonly InputPlace[]): InputReader | null {
    const parts = places.map((place) => ({ name: place.name, read: this.readerOf(place) }));
    return readerOfParts(parts, rangesOf(places));
  }
}

/** The rule that an argument or input field states; null where it states none. */
export function ruleOf(schema: GraphQLSchema, { astNode }: InputPlace): TextRule | null {
  const directive = schema.getDirective('length');
  const stated = directive && astNode ? getDirectiveValues(directive, astNode) : undefined;
  return stated ? (stated as unknown as TextRule) : null;
}

/** The name of the scalar whose text an argument or input field takes, in a list too; null for other types. */
export function textScalarOf(place: InputPlace): string | null {
  const name = place.type.toString().replaceAll(/[[\]!]/g, '');
  return textScalars.has(name) ? name : null;
}

/** The bound that the description of a text must state, in upper or lower case. */
export function statedBound({ max }: TextRule): string {
  return `at most ${written(max)} characters`;
}

function readerOfParts(
  parts: readonly { name: string; read: InputReader | null }[],
  ranges: readonly InputRange[],
): InputReader | null {
  const read = parts.flatMap((part) => (part.read ? [{ name: part.name, read: part.read }] : []));
  if (read.length === 0 && ranges.length === 0) return null;
  return (value, path, check) => {
    if (typeof value !== 'object' || value === null) return value;
    const given = value as Readonly<Record<string, unknown>>;
    let changed: Record<string, unknown> | null = null;
    for (const part of read) {
      const before = given[part.name];
      if (before === undefined || before === null) continue;
      const after = part.read(before, [...path, part.name], check);
      if (after !== before) (changed ??= { ...given })[part.name] = after;
    }
    checkRanges(ranges, given, path, check);
    return changed ?? value;
  };
}

function listReader(read: InputReader | null): InputReader {
  return (value, path, check) => {
    if (!Array.isArray(value)) return value;
    const items: readonly unknown[] = value;
    if (items.length > maxListItems) {
      check.refuse(path, `Must have at most ${maxListItems} items; it has ${written(items.length)}.`);
      return items;
    }
    if (!read) return items;
    return items.map((item, index) => (item === null ? null : read(item, [...path, `${index}`], check)));
  };
}

function scalarReader(name: string, rule: TextRule | null): InputReader | null {
  if (name === 'ID') return readId;
  if (name === 'Float') return readFloat;
  if (!rule || !textScalars.has(name)) return null;
  if (name === 'URL') return urlReader(rule);
  if (name === 'JSON') return jsonReader(rule);
  return (value, path, check) => {
    const checked = checkText(String(value), rule);
    if ('text' in checked) return checked.text;
    check.refuse(path, checked.problem);
    return value;
  };
}

const readId: InputReader = (value, path, check) => {
  const id = String(value);
  if (id.length > maxIdUnits) return unknownId;
  const problem = unstorableProblem(id);
  if (problem !== null) check.refuse(path, problem);
  return value;
};

/** A literal may be larger than any number: 1e999. */
const readFloat: InputReader = (value, path, check) => {
  if (!Number.isFinite(value)) check.refuse(path, 'Must be a finite number.');
  return value;
};

function urlReader({ max }: TextRule): InputReader {
  return (value, path, check) => {
    if (!(value instanceof URL)) return value;
    const { href, username, password } = value;
    if (href.length > max)
      check.refuse(
        path,
        `Must have at most ${written(max)} characters; it has ${written(href.length)}, written as a URL.`,
      );
    if (username !== '' || password !== '') check.refuse(path, 'Must not contain a user name or a password.');
    return value;
  };
}
