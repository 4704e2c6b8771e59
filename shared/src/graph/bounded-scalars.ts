import type { GraphQLScalarLiteralParser, ValueNode } from 'graphql';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import {
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLJSON,
  GraphQLLocalDate,
  GraphQLSafeInt,
  GraphQLURL,
} from 'graphql-scalars';
import { unstorableProblem, written } from '../text.js';

/** UTF-16 code units of a value's text that a scalar reads at most. Fields have smaller bounds (`@length`). */
const maxUnits = { DateTime: 100, Date: 20, EmailAddress: 1_000, URL: 30_000, SafeInt: 20 };

/** Objects and lists within each other in a JSON value. */
export const maxJsonDepth = 32;
/** Values and keys of a JSON value. */
const maxJsonParts = 20_000;

/** The custom scalars: those of graphql-scalars, which read no more than a bounded text. */
export const boundedScalars: Readonly<
  Record<'DateTime' | 'Date' | 'EmailAddress' | 'URL' | 'JSON' | 'SafeInt', GraphQLScalarType>
> = {
  DateTime: bounded(named('DateTime', GraphQLDateTimeISO), maxUnits.DateTime),
  Date: bounded(named('Date', GraphQLLocalDate), maxUnits.Date),
  // Blanks around an address come from copying it; the scalar would refuse them.
  EmailAddress: bounded(GraphQLEmailAddress, maxUnits.EmailAddress, (text) => text.trim()),
  URL: bounded(GraphQLURL, maxUnits.URL),
  SafeInt: bounded(GraphQLSafeInt, maxUnits.SafeInt),
  JSON: checked(GraphQLJSON, checkJson),
};

/** A scalar with the name that it has in our schemas: errors contain the name. */
function named<Internal, External>(
  name: string,
  scalar: GraphQLScalarType<Internal, External>,
): GraphQLScalarType<Internal, External> {
  return new GraphQLScalarType({ ...scalar.toConfig(), name });
}

/**
 * Checks the length of a text before the scalar, whose expressions may be slow for a long one.
 * @param prepare changes a checked text before the scalar reads it
 */
function bounded<Internal, External>(
  scalar: GraphQLScalarType<Internal, External>,
  max: number,
  prepare: (text: string) => string = (text) => text,
): GraphQLScalarType<Internal, External> {
  const prepared = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const problem = value.length > max ? `it has more than ${written(max)} characters` : null;
    const found = problem ?? unstorableProblem(value);
    if (found !== null) throw new GraphQLError(`${scalar.name} cannot represent this text: ${found}`);
    return prepare(value);
  };
  const parseLiteral: GraphQLScalarLiteralParser<Internal> = (node, variables) => {
    const value = prepared('value' in node ? node.value : null);
    const read = node.kind === Kind.STRING && typeof value === 'string' ? { ...node, value } : node;
    return scalar.parseLiteral(read, variables);
  };
  return rebuilt(scalar, (value) => scalar.parseValue(prepared(value)), parseLiteral);
}

function checked<Internal, External>(
  scalar: GraphQLScalarType<Internal, External>,
  check: (value: unknown) => void,
): GraphQLScalarType<Internal, External> {
  const parseLiteral: GraphQLScalarLiteralParser<Internal> = (node, variables) => {
    refuseDeep(node, maxJsonDepth);
    const value = scalar.parseLiteral(node, variables);
    check(value);
    return value;
  };
  return rebuilt(scalar, (value) => (check(value), scalar.parseValue(value)), parseLiteral);
}

function rebuilt<Internal, External>(
  scalar: GraphQLScalarType<Internal, External>,
  parseValue: (value: unknown) => Internal,
  parseLiteral: GraphQLScalarLiteralParser<Internal>,
): GraphQLScalarType<Internal, External> {
  return new GraphQLScalarType({ ...scalar.toConfig(), parseValue, parseLiteral });
}

/** Literals are read by recursion, so their depth is checked first. */
function refuseDeep(node: ValueNode, room: number): void {
  if (node.kind !== Kind.OBJECT && node.kind !== Kind.LIST) return;
  if (room === 0) throw tooDeep();
  const below = node.kind === Kind.LIST ? node.values : node.fields.map(({ value }) => value);
  for (const child of below) refuseDeep(child, room - 1);
}

function tooDeep(): GraphQLError {
  return new GraphQLError(`JSON cannot represent a value that nests more than ${maxJsonDepth} levels deep.`);
}

/** The scalar checks that the value is JSON; the field's rule checks its texts. */
function checkJson(value: unknown): void {
  let parts = 0;
  const visit = (part: unknown, room: number): void => {
    parts += 1;
    if (parts > maxJsonParts)
      throw new GraphQLError(`JSON cannot represent more than ${written(maxJsonParts)} values at once.`);
    if (typeof part === 'number' && !Number.isFinite(part))
      throw new GraphQLError('JSON cannot represent a number that is not finite.');
    if (typeof part !== 'object' || part === null) return;
    if (room === 0) throw tooDeep();
    if (Array.isArray(part)) {
      for (const item of part) visit(item, room - 1);
      return;
    }
    for (const [key, item] of Object.entries(part)) {
      // Assigned to an object, this key would change what the object inherits from.
      if (key === '__proto__') throw new GraphQLError('JSON cannot represent the key __proto__.');
      visit(item, room - 1);
    }
  };
  visit(value, maxJsonDepth);
}
