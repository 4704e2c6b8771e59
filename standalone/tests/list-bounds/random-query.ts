import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Random } from '../../../gateway/tests/differential/random.js';
import type { LargestData } from './largest-data.js';

const maxDepth = 6;
const slicing = new Set(['first', 'last', 'limit', 'quantity']);

/** A random query over real data: pages of all kinds, aliases, fragments on the kinds of listings. */
export class RandomQuery {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #definitions: string[] = [];
  readonly variables: Record<string, unknown> = {};
  readonly query: string;
  #aliases = 0;

  constructor(schema: GraphQLSchema, random: Random, data: LargestData) {
    this.#schema = schema;
    this.#random = random;
    const quoted = (id: string): string => JSON.stringify(id);
    const roots = [
      ...[data.product, data.tour, data.app, data.event].map(
        (id) => ['listing', `id: ${quoted(id)}`] as const,
      ),
      ['listings', ''],
      ['categories', ''],
      ['venues', ''],
      ['me', ''],
      ['cart', ''],
      ['orders', ''],
      ['payments', ''],
      ['checkouts', ''],
      ['reconciliation', ''],
      ['order', `id: ${quoted(data.order)}`],
      ['checkout', `id: ${quoted(data.checkout)}`],
      ['partner', `id: ${quoted(data.partner)}`],
      ['user', `id: ${quoted(data.user)}`],
      ['offers', `ids: [${data.offerIds.slice(0, 5).map(quoted).join(', ')}]`],
    ] as const;
    const fields = schema.getQueryType()?.getFields() ?? {};
    const selections = Array.from({ length: 1 + random.below(2) }, () => {
      const [name, given] = random.pick<readonly [string, string]>(roots);
      const field = fields[name];
      if (!field) throw new Error(`There is no ${name}.`);
      return this.#field(field, 0, given);
    });
    const definitions = this.#definitions.length > 0 ? `(${this.#definitions.join(', ')})` : '';
    this.query = `query ${definitions} { ${selections.join(' ')} }`;
  }

  #set(type: GraphQLNamedType, depth: number): string {
    const parts = Array.from({ length: 1 + this.#random.below(3) }, () => {
      if (isInterfaceType(type) && this.#random.chance(0.6)) {
        const possible = this.#random.pick(this.#schema.getPossibleTypes(type));
        return `... on ${possible.name} ${this.#set(possible, depth)}`;
      }
      if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
      return this.#field(this.#random.pick(this.#preferred(type.getFields(), depth)), depth, '');
    });
    return `{ ${parts.join(' ')} __typename }`;
  }

  /** Objects are more interesting than leaves, as long as there is depth left. */
  #preferred(
    fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
    depth: number,
  ): GraphQLField<unknown, unknown>[] {
    const all = Object.values(fields);
    const wanted = all.filter((field) => isCompositeType(getNamedType(field.type)) === depth < maxDepth);
    return wanted.length > 0 && this.#random.chance(0.8) ? wanted : all;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number, given: string): string {
    const type = getNamedType(field.type);
    if (isCompositeType(type) && depth >= maxDepth) return '__typename';
    const args = given === '' ? [] : [given];
    for (const { name, type: argumentType } of field.args) {
      const isRequired = isNonNullType(argumentType);
      if (slicing.has(name) && (isRequired || this.#random.chance(0.7)))
        args.push(this.#slice(name, isRequired));
      else if (isRequired && given === '') return '__typename';
      else if (isEnumType(argumentType) && this.#random.chance(0.2))
        args.push(`${name}: ${this.#random.pick(argumentType.getValues()).name}`);
    }
    this.#aliases += 1;
    const list = args.length > 0 ? `(${args.join(', ')})` : '';
    const set = isCompositeType(type) ? this.#set(type, depth + 1) : '';
    return `f${this.#aliases}: ${field.name}${list} ${set}`;
  }

  /** A literal, null, or a variable: sent, null, with a default, or neither. */
  #slice(name: string, isRequired: boolean): string {
    const size = 1 + this.#random.below(this.#random.chance(0.8) ? 6 : 100);
    if (isRequired || this.#random.chance(0.6)) return `${name}: ${size}`;
    if (this.#random.chance(0.15)) return `${name}: null`;
    const variable = `v${this.#definitions.length}`;
    const hasDefault = this.#random.chance(0.5);
    this.#definitions.push(`$${variable}: Int${hasDefault ? ` = ${size}` : ''}`);
    if (this.#random.chance(0.5)) this.variables[variable] = this.#random.chance(0.3) ? null : size;
    return `${name}: $${variable}`;
  }
}
