import { apiSchema } from '@souk/gateway/supergraph/composition';
import type { ASTNode, ConstDirectiveNode, DocumentNode } from 'graphql';
import { Kind, parse, print, printSchema, visit } from 'graphql';

/** The directives of the supergraph that clients should know about, as the documented schema defines them. */
const definitions = `
directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
directive @listSize(
  assumedSize: Int
  slicingArguments: [String!]
  sizedFields: [String!]
  requireOneSlicingArgument: Boolean = true
) on FIELD_DEFINITION
directive @cacheControl(maxAge: Int) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
`;

const documented = new Set(['authenticated', 'requiresScopes', 'listSize', 'cacheControl']);

/**
 * The API schema as clients see it, as SDL, with the directives of the supergraph that state who may read a field, how
 * long a list is and how long a response is cached. Composition removes them from the API schema.
 */
export function documentedSchema(supergraphSdl: string): string {
  const directives = documentedDirectives(parse(supergraphSdl));
  const api = parse(printSchema(apiSchema(supergraphSdl)));
  const annotated = visit(api, {
    ObjectTypeDefinition: (node) => annotateFields(node, directives),
    InterfaceTypeDefinition: (node) => annotateFields(node, directives),
    EnumTypeDefinition: (node) => annotate(node, node.name.value, directives),
    ScalarTypeDefinition: (node) => annotate(node, node.name.value, directives),
    UnionTypeDefinition: (node) => annotate(node, node.name.value, directives),
  });
  return `${print(annotated)}\n${definitions}`;
}

type DirectivesByCoordinate = ReadonlyMap<string, readonly ConstDirectiveNode[]>;

/** The documented directives by the type or field that has them: `Order`, `Order.items`. */
function documentedDirectives(supergraph: DocumentNode): DirectivesByCoordinate {
  const found = new Map<string, readonly ConstDirectiveNode[]>();
  const collect = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    const own = directives.filter(({ name }) => documented.has(name.value)).map(withKnownArguments);
    if (own.length > 0) found.set(coordinate, own);
  };
  for (const definition of supergraph.definitions) {
    const { name } = definition as { name?: { value: string } };
    if (!name || definition.kind === Kind.DIRECTIVE_DEFINITION || !('directives' in definition)) continue;
    collect(name.value, definition.directives as readonly ConstDirectiveNode[]);
    const fields = 'fields' in definition ? (definition.fields ?? []) : [];
    for (const field of fields) collect(`${name.value}.${field.name.value}`, field.directives);
  }
  return found;
}

/** Of `@cacheControl` only the time is documented. */
function withKnownArguments(directive: ConstDirectiveNode): ConstDirectiveNode {
  if (directive.name.value !== 'cacheControl') return directive;
  return {
    ...directive,
    arguments: (directive.arguments ?? []).filter(({ name }) => name.value === 'maxAge'),
  };
}

function annotate<Node extends ASTNode>(
  node: Node,
  coordinate: string,
  directives: DirectivesByCoordinate,
): Node {
  return { ...node, directives: [...directivesOf(node), ...(directives.get(coordinate) ?? [])] };
}

function directivesOf(node: ASTNode): readonly ConstDirectiveNode[] {
  return 'directives' in node ? ((node.directives ?? []) as readonly ConstDirectiveNode[]) : [];
}

function annotateFields<Node extends ASTNode & { name: { value: string } }>(
  node: Node & { fields?: readonly (ASTNode & { name: { value: string } })[] | undefined },
  directives: DirectivesByCoordinate,
): Node {
  const type = node.name.value;
  const fields = (node.fields ?? []).map((field) =>
    annotate(field, `${type}.${field.name.value}`, directives),
  );
  return annotate({ ...node, fields }, type, directives);
}
