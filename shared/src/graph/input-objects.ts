import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLInputObjectType, GraphQLInputType, GraphQLSchema } from 'graphql';
import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  parse,
} from 'graphql';
import type { InputCheck } from '../input-check.js';
import type { InputReader } from './input-reader.js';
import { InputRules } from './input-rules.js';
import { joinSchema } from './joined-schema.js';
import { commonResolvers } from './scalars.js';

/** How the value of an input field is written in a table's cell. */
export type FieldForm = 'text' | 'number' | 'boolean' | 'money' | 'json';

/** A field of an input object. */
export interface InputField {
  name: string;
  form: FieldForm;
}

const numbers: ReadonlySet<string> = new Set(['Int', 'Float', 'SafeInt']);
/** A message of a scalar contains the value that it refuses. */
const maxMessageUnits = 300;

/** Reads values that come in a file as the API reads its inputs: by the types of a schema and the rules of its texts. */
export class InputObjects {
  readonly #schema: GraphQLSchema;
  readonly #rules: InputRules;

  constructor(sdl: string) {
    this.#schema = buildSubgraphSchema([
      { typeDefs: parse(joinSchema(sdl)), resolvers: commonResolvers as never },
    ]);
    this.#rules = new InputRules(this.#schema);
  }

  /** The fields of an input type, in the order of the schema. */
  fieldsOf(typeName: string): InputField[] {
    return Object.values(this.#typeOf(typeName).getFields()).map(({ name, type }) => ({
      name,
      form: formOf(type),
    }));
  }

  /** Returns the checked and normalized value of an input type. Reports violations to `check`, then the value is null. */
  read(typeName: string, value: unknown, check: InputCheck): unknown {
    const type = this.#typeOf(typeName);
    const before = check.violations.length;
    const coerced: unknown = coerceInputValue(value, type, (path, _value, { message }) => {
      check.refuse(path.map(String), message.slice(0, maxMessageUnits));
    });
    if (check.violations.length > before) return null;
    const checked = this.#readerOf(type)(coerced, [], check);
    return check.violations.length > before ? null : checked;
  }

  #readerOf(type: GraphQLInputObjectType): InputReader {
    const place = { name: 'input', type, astNode: undefined, description: undefined };
    return (
      this.#rules.readerOf({
        ...place,
        defaultValue: undefined,
        deprecationReason: undefined,
        extensions: {},
      }) ?? ((value) => value)
    );
  }

  #typeOf(name: string): GraphQLInputObjectType {
    const type = this.#schema.getType(name);
    if (!isInputObjectType(type)) throw new Error(`The schema has no input type ${name}.`);
    return type;
  }
}

function formOf(type: GraphQLInputType): FieldForm {
  const { name } = getNamedType(type);
  if (isListType(getNullableType(type)) || name === 'JSON') return 'json';
  if (name === 'MoneyInput') return 'money';
  if (isInputObjectType(getNamedType(type))) return 'json';
  if (name === 'Boolean') return 'boolean';
  return numbers.has(name) ? 'number' : 'text';
}
