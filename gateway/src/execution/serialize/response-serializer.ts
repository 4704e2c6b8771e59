import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLLeafType,
  GraphQLNamedType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql';
import {
  GraphQLError,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import type { Data } from '../../types/data.js';
import { getterOf } from '../../types/data.js';
import { ExactNumber, stringifyExact } from '../../types/exact-json.js';
import type { Selected, SkipIncludeValues } from './selection.js';
import { collectFields } from './selection.js';
import type { PlannedKeys } from '../plan/planned-keys.js';
import { jsonString } from './json-string.js';

/** State of one serialization. */
export interface SerializationContext {
  /** Values that break what the schema promises. */
  violations: GraphQLError[];
  /** The current path; null if it is not tracked. Errors are rare: a second pass finds their paths. */
  path: (string | number)[] | null;
  /** Counts what became null against the schema. */
  failures: number;
  /** Called at each field that the caller may not see. */
  refuse(path: readonly (string | number)[]): void;
  /** Resolves __schema and __type to JSON; a null may have an error of its own. */
  introspect(nodes: readonly FieldNode[]): string;
}

/** Serializes a value as JSON. Undefined means that a non-null value is null, so its parent becomes null. */
export type Serialize = (value: unknown, writing: SerializationContext) => string | undefined;

/** Inputs for compiling serializers. */
export interface SerializerSource extends Selected {
  schema: GraphQLSchema;
  skipInclude: SkipIncludeValues;
  /** Where the data of a field stand. */
  keys: Pick<PlannedKeys, 'of'>;
  /** Fields that the caller may not see. */
  refused: ReadonlySet<FieldNode>;
  /** Called with the number of fields whenever more serializers have been compiled. */
  onMade: (fields: number) => void;
}

interface Field {
  key: string;
  prefix: string;
  get: (object: Data) => unknown;
  write: Serialize;
}

/** Compiles the writer of an operation's data. Shapes of types that never occur are never made. */
export function compileSerializer(source: SerializerSource): Serialize {
  const root = source.schema.getRootType(source.operation.operation);
  if (!root) throw new GraphQLError(`The schema has no ${source.operation.operation} type.`);
  const compiler = new Compiler(source);
  return compiler.object(root, [source.operation]);
}

class Compiler {
  readonly #source: SerializerSource;

  constructor(source: SerializerSource) {
    this.#source = source;
  }

  /** The writer of an object of one known type. */
  object(type: GraphQLNamedType, nodes: readonly Pick<FieldNode, 'selectionSet'>[]): Serialize {
    const { schema, fragments, skipInclude, refused } = this.#source;
    const sets = nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
    const fields: Field[] = [];
    for (const [key, same] of collectFields(schema, fragments, skipInclude, type, sets)) {
      const [node] = same;
      const write = this.#field(type, same);
      if (!write || !node) continue;
      const get = getterOf(this.#source.keys.of(node));
      fields.push({ key, prefix: `${fields.length === 0 ? '' : ','}"${key}":`, get, write });
    }
    this.#source.onMade(fields.length);
    return writeObject(fields, refused.size > 0);
  }

  /** Null where the type has no such field: another subgraph's idea of the type. */
  #field(parent: GraphQLNamedType, nodes: readonly FieldNode[]): Serialize | null {
    const [node] = nodes;
    if (!node) return null;
    const name = node.name.value;
    if (name === '__typename') {
      const text = isObjectType(parent) ? `"${parent.name}"` : undefined;
      return (_value, writing) => {
        if (text === undefined) writing.failures += 1;
        return text;
      };
    }
    if (name === '__type') return (_value, writing) => writing.introspect(nodes);
    if (name === '__schema') {
      return (_value, writing) => {
        const text = writing.introspect(nodes);
        if (text !== 'null') return text;
        writing.failures += 1;
        return undefined;
      };
    }
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!definition) return null;
    if (nodes.some((same) => this.#source.refused.has(same))) return refusal(isNonNullType(definition.type));
    return this.#value(definition.type, nodes, parent.name);
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[], parent: string): Serialize {
    if (isNonNullType(type)) return nonNull(this.#value(type.ofType, nodes, parent), type.ofType, parent);
    if (isListType(type)) return list(this.#value(type.ofType, nodes, parent), parent);
    if (isCompositeType(type)) return this.#composite(type, nodes, parent);
    return leaf(type, parent);
  }

  /** The writer of an object that says itself what it is. */
  #composite(declared: GraphQLCompositeType, nodes: readonly FieldNode[], parent: string): Serialize {
    const { schema } = this.#source;
    const byName = new Map<string | undefined, Serialize>();
    const shapeOf = (typename: string | undefined): Serialize | null => {
      const known = byName.get(typename);
      if (known !== undefined) return known;
      const type = typename === undefined || typename === '' ? declared : schema.getType(typename);
      const shape = isCompositeType(type) ? this.object(type, nodes) : null;
      // Unknown type names are not stored, so that a subgraph cannot fill the map.
      if (shape) byName.set(typename, shape);
      return shape;
    };
    let lastName: string | undefined;
    let lastShape: Serialize | null = null;
    return (value, writing) => {
      if (value === null || value === undefined) return 'null';
      const named = typeof value === 'object' ? (value as Data)['__typename'] : undefined;
      if (named === undefined && (typeof value !== 'object' || value instanceof ExactNumber)) {
        return fail(writing, (path) => `Invalid value found for ${placeOf(path, declared, parent)}.`);
      }
      const typename = typeof named === 'string' ? named : undefined;
      if (lastShape === null || typename !== lastName) {
        lastShape = shapeOf(typename);
        lastName = typename;
      }
      if (!lastShape) {
        return fail(
          writing,
          (path) => `Invalid __typename found for object at ${placeOf(path, declared, parent)}.`,
        );
      }
      return lastShape(value, writing);
    };
  }
}

function writeObject(fields: readonly Field[], isThorough: boolean): Serialize {
  return (value, writing) => {
    let text = '{';
    let isNull = false;
    for (const { key, prefix, get, write } of fields) {
      writing.path?.push(key);
      const part = write(get(value as Data), writing);
      writing.path?.pop();
      if (part === undefined) {
        // Reports each refused field, even beside one that nulls their parent.
        if (!isThorough) return 'null';
        isNull = true;
      }
      text += prefix + (part ?? 'null');
    }
    return isNull ? 'null' : `${text}}`;
  };
}

function refusal(isNonNull: boolean): Serialize {
  return (_value, writing) => {
    writing.refuse(writing.path ?? []);
    if (!isNonNull) return 'null';
    writing.failures += 1;
    return undefined;
  };
}

function nonNull(write: Serialize, type: GraphQLOutputType, parent: string): Serialize {
  return (value, writing) => {
    const before = writing.failures;
    const text = write(value, writing);
    if (text !== 'null') return text;
    if (writing.failures === before) {
      fail(writing, (path) => `Cannot return null for non-nullable ${placeOf(path, type, parent)}.`);
    }
    return undefined;
  };
}

function list(write: Serialize, parent: string): Serialize {
  return (value, writing) => {
    if (value === null || value === undefined) return 'null';
    if (!Array.isArray(value)) {
      return fail(writing, (path) => `Invalid non-list value found for ${placeOf(path, null, parent)}.`);
    }
    let text = '[';
    let isNull = false;
    for (let index = 0; index < value.length; index += 1) {
      writing.path?.push(index);
      const part = write(value[index], writing);
      writing.path?.pop();
      if (part === undefined) isNull = true;
      else text += index === 0 ? part : `,${part}`;
    }
    return isNull ? 'null' : `${text}]`;
  };
}

// From here on numbers are written with an exponent.
const longest = 1e21;

function integerText(value: number): string | null {
  return Number.isInteger(value) && Math.abs(value) < longest ? String(value) : null;
}

/** Writes a leaf, or what JSON has for it: null where it is none. */
type WriteLeaf = (value: unknown) => string | null;

const writeLeaves: Readonly<Record<string, WriteLeaf>> = {
  String: (value) => (typeof value === 'string' ? jsonString(value) : null),
  ID: (value) => {
    if (typeof value === 'string') return jsonString(value);
    // Subgraphs may send it as a number; to clients it is a text.
    if (value instanceof ExactNumber) return value.isInteger ? `"${value.text}"` : null;
    const text = typeof value === 'number' ? integerText(value) : null;
    return text === null ? null : `"${text}"`;
  },
  // Beyond 32 bits it is none: https://spec.graphql.org/October2021/#sec-Int
  Int: (value) => (typeof value === 'number' && (value | 0) === value ? String(value | 0) : null),
  Float: (value) => {
    if (value instanceof ExactNumber) return value.text;
    return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
  },
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : null),
};

function leaf(type: GraphQLLeafType, parent: string): Serialize {
  const writeLeaf = leafWriterOf(type);
  return (value, writing) => {
    if (value === null || value === undefined) return 'null';
    return (
      writeLeaf(value) ?? fail(writing, (path) => `Invalid value found for ${placeOf(path, type, parent)}.`)
    );
  };
}

function leafWriterOf(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
    return (value) => texts.get(value) ?? null;
  }
  const known = isSpecifiedScalarType(type) ? writeLeaves[type.name] : undefined;
  // The subgraph that owns a custom scalar decides what it looks like. A function, say, is no JSON at all.
  return known ?? ((value) => (typeof value === 'string' ? jsonString(value) : jsonOf(value)));
}

function jsonOf(value: unknown): string | null {
  // The library's type leaves out that a function, say, gives undefined.
  const text = stringifyExact(value) as unknown;
  return typeof text === 'string' ? text : null;
}

function fail(
  writing: SerializationContext,
  messageAt: (path: readonly (string | number)[]) => string,
): string {
  writing.failures += 1;
  const path = writing.path ? [...writing.path] : [];
  writing.violations.push(
    new GraphQLError(messageAt(path), { path, extensions: { code: 'INVALID_GRAPHQL' } }),
  );
  return 'null';
}

function placeOf(path: readonly (string | number)[], type: GraphQLOutputType | null, parent: string): string {
  const last = path.at(-1) ?? '';
  return typeof last === 'string'
    ? `field ${parent}.${last}`
    : `array element of type ${String(type)} at index ${last}`;
}
