import type { ConstDirectiveNode, SelectionSetNode } from 'graphql';
import { Kind, parse } from 'graphql';

/** The declarations of a test's subgraphs. */
export interface Declarations {
  /** Names of types with a key. */
  entities: ReadonlySet<string>;
  /** Keys by subgraph and type: `subgraph.Type`. */
  keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** Required selections, by `Type.field`. */
  requires: ReadonlyMap<string, SelectionSetNode>;
  keyFields: ReadonlySet<string>;
  /** Fields that something requires. */
  readFields: ReadonlySet<string>;
}

/** Reads the declarations of subgraphs. */
export function declarationsOf(subgraphs: Readonly<Record<string, string>>): Declarations {
  const entities = new Set<string>();
  const keys = new Map<string, SelectionSetNode[]>();
  const requires = new Map<string, SelectionSetNode>();
  const keyFields = new Set<string>();
  const readFields = new Set<string>();
  for (const [name, sdl] of Object.entries(subgraphs)) {
    for (const node of parse(sdl).definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      const type = node.name.value;
      for (const key of selectionsOf(node.directives, 'key')) {
        entities.add(type);
        keys.set(`${name}.${type}`, [...(keys.get(`${name}.${type}`) ?? []), key]);
        collect(key, keyFields);
      }
      for (const field of node.fields ?? []) {
        for (const needed of selectionsOf(field.directives, 'requires')) {
          requires.set(`${type}.${field.name.value}`, needed);
          collect(needed, readFields);
        }
      }
    }
  }
  return { entities, keys, requires, keyFields, readFields };
}

function selectionsOf(directives: readonly ConstDirectiveNode[] = [], name: string): SelectionSetNode[] {
  return directives
    .filter((directive) => directive.name.value === name)
    .flatMap((directive) => {
      const value = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value;
      if (value?.kind !== Kind.STRING) return [];
      const [definition] = parse(`{ ${value.value} }`).definitions;
      return definition?.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [];
    });
}

function collect({ selections }: SelectionSetNode, names: Set<string>): void {
  for (const node of selections) {
    if (node.kind === Kind.FIELD) names.add(node.name.value);
    if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet) collect(node.selectionSet, names);
  }
}
