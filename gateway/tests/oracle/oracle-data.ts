import type { GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import { getArgumentValues } from 'graphql/execution/values';
import { hashOf } from '../differential/random.js';
import type { Declarations } from './declarations.js';

/** An object of the data: all subgraphs, and the schema without federation, find the same in it. */
export interface OracleObject {
  __typename: string;
  /** Unique within its family; of an entity, a small number. */
  identity: string;
  /** The representation that a subgraph received. */
  representation?: Readonly<Record<string, unknown>>;
}

/** How often a field fails, in thousandths. Keys and required fields never do. */
export interface OracleFaults {
  nulls: number;
  nullsAgainstTheSchema: number;
  errors: number;
}

/** Entities of each family. */
const population = 5;
const missing = '(missing)';

/** Invents data: each value follows from its object, its field and the arguments. */
export class OracleData {
  readonly #schema: GraphQLSchema;
  readonly #declared: Declarations;
  readonly #faults: OracleFaults;

  /** @param schema everything that subgraphs know, also what clients may not see */
  constructor(schema: GraphQLSchema, declared: Declarations, faults: OracleFaults) {
    this.#schema = schema;
    this.#declared = declared;
    this.#faults = faults;
  }

  /** The value of a field. @param required the required fields that a subgraph received; null computes them */
  value(
    object: OracleObject,
    field: string,
    args: Record<string, unknown>,
    required: string | null,
  ): unknown {
    const { identity } = object;
    const family = this.#familyOf(object.__typename);
    const name = this.#concrete(object.__typename, identity);
    const definition = this.#fieldOf(name, field);
    const needs =
      this.#declared.requires.get(`${name}.${field}`) ?? this.#declared.requires.get(`${family}.${field}`);
    const read = needs ? (required ?? this.project(object, needs)) : '';
    const hash = hashOf(`${family} ${identity} ${field} ${stable(args)} ${read}`);
    const isKey = this.#declared.keyFields.has(field);
    const isRead = isKey || this.#declared.readFields.has(field);
    const isSafe = isRead;
    if (!isSafe && hash % 1_000 < this.#faults.errors) throw new GraphQLError(`${field} failed`);
    return this.#invent(definition, { family, identity, field, hash, isKey, isSafe });
  }

  /** The fields of an object that a selection reads, as text. */
  project(object: OracleObject, set: SelectionSetNode): string {
    return JSON.stringify(this.#read(object, set));
  }

  /** The entity that a representation stands for. */
  entity(representation: Readonly<Record<string, unknown>>, keys: readonly SelectionSetNode[]): OracleObject {
    const named = String(representation['__typename']);
    for (const key of keys) {
      const text = JSON.stringify(readPlain(representation, key));
      if (text.includes(missing)) continue;
      for (let index = 0; index < population; index += 1) {
        const identity = String(index);
        const concrete = this.#concrete(named, identity);
        if (this.#isOther(named, concrete)) continue;
        const object = { __typename: concrete, identity };
        if (this.project(object, key) === text) return { ...object, representation };
      }
    }
    throw new GraphQLError(`There is no ${JSON.stringify(representation)}.`);
  }

  #isOther(named: string, concrete: string): boolean {
    const type = this.#schema.getType(named);
    return isObjectType(type) && concrete !== named;
  }

  #read(object: OracleObject, set: SelectionSetNode): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const node of set.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) continue;
      const name = this.#concrete(object.__typename, object.identity);
      if (node.kind === Kind.INLINE_FRAGMENT) {
        if (!node.typeCondition || node.typeCondition.name.value === name)
          Object.assign(result, this.#read(object, node.selectionSet));
        continue;
      }
      const field = node.name.value;
      if (field === '__typename') continue;
      const type = this.#schema.getType(name);
      const definition = isObjectType(type) ? type.getFields()[field] : undefined;
      const args = definition ? getArgumentValues(definition, node) : {};
      const below = node.selectionSet;
      const value = this.value(object, field, args, null);
      result[field] = below ? each(value, (item) => this.#read(item as OracleObject, below)) : value;
    }
    return result;
  }

  #familyOf(name: string): string {
    const type = this.#schema.getType(name);
    if (isObjectType(type)) {
      const parent = type.getInterfaces().find((each) => this.#declared.entities.has(each.name));
      if (parent) return parent.name;
    }
    return name;
  }

  /** The object type behind a name: an interface object may be known by its interface alone. */
  #concrete(name: string, identity: string): string {
    const family = this.#familyOf(name);
    const type = this.#schema.getType(family);
    if (!isInterfaceType(type)) return name;
    const possible = this.#schema.getPossibleTypes(type);
    return possible[Number(identity) % possible.length]?.name ?? name;
  }

  #fieldOf(type: string, field: string): GraphQLOutputType {
    const named = this.#schema.getType(type);
    const definition = isObjectType(named) ? named.getFields()[field] : undefined;
    if (!definition) throw new Error(`There is no ${type}.${field}.`);
    return definition.type;
  }

  #invent(type: GraphQLOutputType, place: Place): unknown {
    const dice = hashOf(`null ${place.hash}`) % 1_000;
    if (isNonNullType(type)) {
      if (!place.isSafe && dice < this.#faults.nullsAgainstTheSchema) return null;
      return this.#present(getNullableType(type), place);
    }
    return !place.isKey && dice < this.#faults.nulls ? null : this.#present(type, place);
  }

  #present(type: GraphQLOutputType, place: Place): unknown {
    const { family, identity, field, hash } = place;
    if (isListType(type)) {
      return Array.from({ length: hash % 4 }, (_none, index) =>
        this.#invent(type.ofType as GraphQLOutputType, {
          ...place,
          hash: hashOf(`item ${index} ${hash}`),
          field: `${field}.${index}`,
        }),
      );
    }
    const named = getNamedType(type);
    if (isObjectType(named) || isAbstractType(named)) return this.#object(named.name, place);
    if (isEnumType(named)) return named.getValues()[hash % named.getValues().length]?.value as unknown;
    switch (named.name) {
      case 'Int':
        return place.isKey ? Number(identity) : hash % 1_000;
      case 'Float':
        return (hash % 1_000) / 8;
      case 'Boolean':
        return hash % 2 === 0;
      default:
        return place.isKey ? `${field}-${family}-${identity}` : `${field}-${identity}-${hash % 100}`;
    }
  }

  #object(name: string, place: Place): OracleObject {
    const { hash } = place;
    const type = this.#schema.getType(name);
    const isFamily = this.#declared.entities.has(this.#familyOf(name));
    if (isFamily) {
      const identities = Array.from({ length: population }, (_none, index) => String(index)).filter(
        (identity) => !this.#isOther(name, this.#concrete(name, identity)),
      );
      const identity = identities[hash % identities.length] ?? '0';
      return { __typename: this.#concrete(name, identity), identity };
    }
    if (isAbstractType(type)) {
      const possible = this.#schema.getPossibleTypes(type);
      return this.#object(possible[hash % possible.length]?.name ?? name, {
        ...place,
        hash: hashOf(`of ${hash}`),
      });
    }
    return {
      __typename: name,
      identity: `${place.family}/${place.identity}/${place.field}/${place.isKey ? '' : hash}`,
    };
  }
}

interface Place {
  family: string;
  identity: string;
  field: string;
  hash: number;
  isKey: boolean;
  /** Whether it has no faults. */
  isSafe: boolean;
}

/** The fields of a representation that a selection reads. */
export function readPlain(
  value: Readonly<Record<string, unknown>>,
  set: SelectionSetNode,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const node of set.selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) continue;
    if (node.kind === Kind.INLINE_FRAGMENT) {
      if (!node.typeCondition || node.typeCondition.name.value === value['__typename'])
        Object.assign(result, readPlain(value, node.selectionSet));
      continue;
    }
    const field = node.name.value;
    if (field === '__typename') continue;
    const below = node.selectionSet;
    const found = Object.hasOwn(value, field) ? value[field] : missing;
    result[field] =
      below && found !== missing
        ? each(found, (item) => readPlain(item as Record<string, unknown>, below))
        : found;
  }
  return result;
}

function each(value: unknown, read: (item: unknown) => unknown): unknown {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map((item) => each(item, read)) : read(value);
}

function stable(args: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));
}
