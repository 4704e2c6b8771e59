import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLObjectType,
  GraphQLSchema,
} from 'graphql';
import {
  defaultFieldResolver,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Rejection } from '../errors.js';
import { InputCheck } from '../input-check.js';
import { unstorableProblem } from '../text.js';
import type { RequestContext } from './context.js';
import { graphError } from './errors.js';
import type { InputPlace, InputReader } from './input-reader.js';
import { InputRules, ruleOf, statedBound, textScalarOf } from './input-rules.js';
import { toUserError } from './user-errors.js';

type Resolver = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>;
type Field = GraphQLField<unknown, RequestContext>;

/** Turns the violations of an input into the client's error: a payload, or a thrown error. */
type Refuse = (violations: readonly Rejection[]) => unknown;

/** Violations that a response reports; the first ones are enough to correct the input. */
const maxViolations = 20;

/** UTF-16 code units of a text in a representation: the keys of our entities are ids and short codes. */
const maxKeyUnits = 1_000;

/**
 * Puts the rules of inputs before every resolver that takes arguments: no domain code sees a text that is too long, holds
 * what is no text, or is not in normalization form C.
 * @throws Error where an argument or input field that takes text states no `@length`, or its description not the same
 */
export function applyInputRules(schema: GraphQLSchema): void {
  const problems = unstatedBounds(schema);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const rules = new InputRules(schema);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    boundReferences(type);
    for (const field of Object.values(type.getFields())) {
      const read = field.name.startsWith('_') ? null : rules.readerOfArguments(field.args);
      if (read) putBefore(type, field, read);
    }
  }
}

/** A sentence for each argument or input field that takes text and does not state its bound, in SDL and description. */
export function unstatedBounds(schema: GraphQLSchema): string[] {
  const problems: string[] = [];
  const look = (coordinate: string, place: InputPlace): void => {
    if (textScalarOf(place) === null) return;
    const rule = ruleOf(schema, place);
    if (!rule) problems.push(`${coordinate} takes text and has no @length.`);
    else if (!place.description?.toLowerCase().includes(statedBound(rule)))
      problems.push(`The description of ${coordinate} must say "${statedBound(rule)}".`);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_')) continue;
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    } else if (isObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        field.args.forEach((argument: GraphQLArgument) =>
          look(`${type.name}.${field.name}(${argument.name}:)`, argument),
        );
    }
  }
  return problems;
}

function putBefore(type: GraphQLObjectType, field: Field, read: InputReader): void {
  const refuse = refusalOf(type, field);
  const before =
    (resolve: Resolver): Resolver =>
    (source, arguments_, context, info) => {
      const check = new InputCheck([], maxViolations);
      const checked = read(arguments_, [], check) as Record<string, unknown>;
      if (check.violations.length > 0) return refuse(check.violations);
      return resolve(source, checked, context, info);
    };
  // The events of a stream are resolved with arguments that were read when it was opened.
  if (field.subscribe) field.subscribe = before(field.subscribe);
  else field.resolve = before(field.resolve ?? defaultFieldResolver);
}

/** How a field refuses: in `userErrors` where its payload has them, else by BAD_USER_INPUT. */
function refusalOf(type: GraphQLObjectType, field: Field): Refuse {
  const payload = getNullableType(field.type);
  if (!isObjectType(payload) || !('userErrors' in payload.getFields())) return throwBadInput;
  const empty = Object.fromEntries(
    Object.values(payload.getFields()).map((part) => [
      part.name,
      emptyValue(`${type.name}.${field.name}`, part),
    ]),
  );
  return (violations) => ({ ...empty, userErrors: violations.map(toUserError) });
}

/** The value of a payload's field beside its errors. */
function emptyValue(coordinate: string, { name, type }: Field): unknown {
  if (!isNonNullType(type)) return null;
  if (isListType(type.ofType)) return [];
  if (type.ofType.toString() === 'Boolean') return false;
  if (type.ofType.toString() === 'Int') return 0;
  throw new Error(
    `The payload of ${coordinate} has the field ${name}, which is required and has no value when the mutation is rejected.`,
  );
}

function throwBadInput(violations: readonly Rejection[]): never {
  const texts = violations.map(({ field, message }) => `${field?.join('.') ?? ''}: ${message}`);
  throw graphError('BAD_USER_INPUT', texts.join(' '), { field: violations[0]?.field?.join('.') });
}

interface ReferenceExtensions {
  apollo?: { subgraph?: { resolveReference?: (reference: object, ...rest: unknown[]) => unknown } };
}

/** Representations come from the gateway, and may hold what a client wrote: keys that nothing can have find nothing. */
function boundReferences(type: GraphQLObjectType): void {
  const subgraph = (type.extensions as ReferenceExtensions).apollo?.subgraph;
  const resolve = subgraph?.resolveReference;
  if (!resolve) return;
  subgraph.resolveReference = (reference, ...rest) =>
    Object.values(reference).every(isPossibleKey) ? resolve(reference, ...rest) : null;
}

function isPossibleKey(value: unknown): boolean {
  return typeof value !== 'string' || (value.length <= maxKeyUnits && unstorableProblem(value) === null);
}
