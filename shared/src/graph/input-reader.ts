import type { GraphQLArgument, GraphQLInputField } from 'graphql';
import type { InputCheck, Path } from '../input-check.js';

/** An argument or a field of an input object. */
export type InputPlace = GraphQLArgument | GraphQLInputField;

/** Reads a coerced value: adds its violations, and returns it normalized. Does not modify the value. */
export type InputReader = (value: unknown, path: Path, check: InputCheck) => unknown;
