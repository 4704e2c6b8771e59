import type {
  ASTVisitor,
  DocumentNode,
  FloatValueNode,
  GraphQLSchema,
  IntValueNode,
  StringValueNode,
} from 'graphql';
import { getNamedType, isSpecifiedScalarType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { randomUUID } from 'node:crypto';
import { isInexact } from '../../types/exact-json.js';

const mark = `exact:${randomUUID()}:`;
/** The text of a string in a document that is itself a string of JSON. */
const marked = new RegExp(`\\\\"${mark}(-?\\d[\\d.eE+-]*)\\\\"`, 'g');

/**
 * Planners read the numbers of a document as doubles. Texts stand in for those of custom scalars that a double would
 * round; `withExactLiterals` puts them back into the plan.
 */
export function hideExactLiterals(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  const hide = (node: IntValueNode | FloatValueNode): StringValueNode | undefined => {
    if (!isInexact(node.value)) return undefined;
    // Within a value of a custom scalar there is no type.
    const type = getNamedType(types.getInputType());
    if (type && isSpecifiedScalarType(type)) return undefined;
    return { kind: Kind.STRING, value: mark + node.value };
  };
  const visitor: ASTVisitor = { IntValue: hide, FloatValue: hide };
  return visit(document, visitWithTypeInfo(types, visitor));
}

/** A plan as JSON, with the numbers that were hidden in its document. */
export function withExactLiterals(plan: string): string {
  return plan.includes(mark) ? plan.replace(marked, '$1') : plan;
}
