import type { GraphQLNamedType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { getNamedType, isInterfaceType, isObjectType, Kind, parse } from 'graphql';
import { isList } from '@souk/gateway/limits/slices';

/** The lengths of the longest lists in an answer, by field. Operations without named fragments. */
export function listLengths(schema: GraphQLSchema, query: string, data: unknown): Map<string, number> {
  const lengths = new Map<string, number>();
  const read = (set: SelectionSetNode, type: GraphQLNamedType, value: unknown): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      for (const item of value) read(set, type, item);
      return;
    }
    for (const node of set.selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition && schema.getType(node.typeCondition.name.value);
        read(node.selectionSet, condition ?? type, value);
      }
      if (node.kind !== Kind.FIELD || !(isObjectType(type) || isInterfaceType(type))) continue;
      const field = type.getFields()[node.name.value];
      const found = (value as Record<string, unknown>)[node.alias?.value ?? node.name.value];
      if (!field) continue;
      const name = `${type.name}.${field.name}`;
      if (isList(field) && Array.isArray(found))
        lengths.set(name, Math.max(found.length, lengths.get(name) ?? 0));
      if (node.selectionSet) read(node.selectionSet, getNamedType(field.type), found);
    }
  };
  for (const node of parse(query).definitions) {
    const root = node.kind === Kind.OPERATION_DEFINITION && schema.getRootType(node.operation);
    if (root) read(node.selectionSet, root, data);
  }
  return lengths;
}
