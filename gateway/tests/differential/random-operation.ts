import type { GraphQLField, GraphQLInputType, GraphQLNamedType, GraphQLSchema } from 'graphql';
import {
  astFromValue,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  print,
} from 'graphql';
import type { Random } from './random.js';

/** A random operation with its variables. It may break a rule of GraphQL: validate it. */
export interface RandomOperation {
  query: string;
  variables: Record<string, unknown>;
}

/** Hostile operations have many conditions, and name their fields as others are named. */
export type OperationStyle = 'plain' | 'hostile';

/** Composes a random operation of `kind` over what clients see. */
export function randomOperation(
  schema: GraphQLSchema,
  random: Random,
  kind: 'query' | 'mutation',
  style: OperationStyle = 'plain',
): RandomOperation {
  return new Composer(schema, random, style).compose(kind);
}

class Composer {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #isHostile: boolean;
  readonly #definitions: string[] = [];
  readonly #fragments: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  readonly #switches: string[] = [];
  #names = 0;
  #budget = 45;

  constructor(schema: GraphQLSchema, random: Random, style: OperationStyle) {
    this.#isHostile = style === 'hostile';
    this.#schema = schema;
    this.#random = random;
  }

  compose(kind: 'query' | 'mutation'): RandomOperation {
    const root = this.#schema.getRootType(kind as never);
    if (!root) throw new Error(`There is no ${kind} type.`);
    const set = this.#set(root, 0, 3);
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    return {
      // Fetches of an operation with a name have names too.
      query: [
        `${kind} ${this.#random.chance(0.5) ? 'Named' : ''}${definitions} ${set}`,
        ...this.#fragments,
      ].join('\n'),
      variables: this.#variables,
    };
  }

  #set(type: GraphQLNamedType, depth: number, most: number): string {
    const parts: string[] = [];
    const count = 1 + this.#random.below(most);
    for (let index = 0; index < count; index += 1) parts.push(this.#selection(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #selection(type: GraphQLNamedType, depth: number): string {
    if (this.#random.chance(0.08))
      return this.#random.chance(0.5) ? '__typename' : `${this.#name()}: __typename`;
    if (isAbstractType(type) && (!isInterfaceType(type) || this.#random.chance(0.5))) {
      const possible = this.#schema.getPossibleTypes(type);
      return this.#fragment(this.#random.pick(possible), depth);
    }
    if (this.#random.chance(0.1)) {
      const within: GraphQLNamedType[] = isObjectType(type) ? [type, ...type.getInterfaces()] : [type];
      return this.#fragment(this.#random.pick(within), depth);
    }
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    return this.#field(this.#random.pick(fields), depth, fields);
  }

  #fragment(type: GraphQLNamedType, depth: number): string {
    const set = this.#set(type, depth + 0.5, 3);
    if (this.#random.chance(0.6)) return `... on ${type.name} ${this.#directive()}${set}`;
    const name = this.#name();
    this.#fragments.push(`fragment ${name} on ${type.name} ${set}`);
    return `...${name} ${this.#directive()}`;
  }

  #field(
    field: GraphQLField<unknown, unknown>,
    depth: number,
    beside: readonly GraphQLField<unknown, unknown>[],
  ): string {
    const type = getNamedType(field.type);
    this.#budget -= 1;
    if (isCompositeType(type) && (depth >= 5 || this.#budget < 0)) return '__typename';
    const args = field.args
      .filter((argument) => isRequiredArgument(argument) || this.#random.chance(0.3))
      .map((argument) => `${argument.name}: ${this.#argument(argument.type)}`);
    const alias = this.#alias(field, beside);
    const list = args.length > 0 ? `(${args.join(', ')})` : '';
    const set = isCompositeType(type) ? ` ${this.#set(type, depth + 1, 4)}` : '';
    return `${alias}${field.name}${list} ${this.#directive()}${set}`;
  }

  #alias(
    { args }: GraphQLField<unknown, unknown>,
    beside: readonly GraphQLField<unknown, unknown>[],
  ): string {
    if (!this.#isHostile) {
      const needsAlias = args.length > 0 || this.#random.chance(0.15);
      return needsAlias ? `${this.#name()}: ` : '';
    }
    if (this.#random.chance(0.35)) return `${this.#random.pick(beside).name}: `;
    if (this.#random.chance(0.05)) return '__typename: ';
    return this.#random.chance(args.length > 0 ? 0.5 : 0.1) ? `${this.#name()}: ` : '';
  }

  #directive(): string {
    if (!this.#random.chance(this.#isHostile ? 0.25 : 0.12)) return '';
    const name = this.#random.chance(0.5) ? 'skip' : 'include';
    return `@${name}(if: ${this.#condition()}) `;
  }

  #condition(): string {
    if (this.#random.chance(0.2)) return String(this.#random.chance(0.5));
    if (this.#switches.length > 0 && this.#random.chance(0.5)) return `$${this.#random.pick(this.#switches)}`;
    const name = this.#name();
    this.#switches.push(name);
    if (this.#random.chance(0.3)) {
      this.#definitions.push(`$${name}: Boolean! = ${String(this.#random.chance(0.5))}`);
      if (this.#random.chance(0.5)) this.#variables[name] = this.#random.chance(0.5);
    } else {
      this.#definitions.push(`$${name}: Boolean!`);
      this.#variables[name] = this.#random.chance(0.5);
    }
    return `$${name}`;
  }

  #argument(type: GraphQLInputType): string {
    const value = this.#value(type, 0);
    const ast = astFromValue(value, type);
    if (!this.#random.chance(0.4)) return ast ? print(ast) : 'null';
    const name = this.#name();
    if (ast && !isNonNullType(type) && this.#random.chance(0.4)) {
      this.#definitions.push(`$${name}: ${String(type)} = ${print(ast)}`);
      if (this.#random.chance(0.3)) this.#variables[name] = value;
    } else {
      this.#definitions.push(`$${name}: ${String(type)}`);
      this.#variables[name] = value;
    }
    return `$${name}`;
  }

  #value(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, depth);
    if (depth > 0 && this.#random.chance(0.1)) return null;
    if (isListType(type)) {
      const inner = isNonNullType(type.ofType) ? type.ofType : type.ofType;
      return Array.from({ length: this.#random.below(3) }, () => this.#value(inner, 0));
    }
    if (isEnumType(type)) return this.#random.pick(type.getValues()).value as unknown;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => isRequiredInputField(field) || (depth < 2 && this.#random.chance(0.3)),
      );
      return Object.fromEntries(
        fields.map((field) => [
          field.name,
          this.#value(field.type, isNonNullType(field.type) ? 0 : depth + 1),
        ]),
      );
    }
    switch (type.name) {
      case 'Int':
        return this.#random.below(100);
      case 'Float':
        return this.#random.below(100) / 4;
      case 'Boolean':
        return this.#random.chance(0.5);
      default:
        return `text-${this.#random.below(10)}`;
    }
  }

  #name(): string {
    this.#names += 1;
    return `n${this.#names}`;
  }
}
