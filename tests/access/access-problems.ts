import type {
  DirectiveNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  NameNode,
  ObjectTypeDefinitionNode,
} from 'graphql';
import { Kind, parse } from 'graphql';
import { descriptionOf } from '../support/api-descriptions.js';
import { coordinateOf } from './access-document.js';
import type { AccessTable } from './access-row.js';

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);
/** Words in the descriptions of fields with restricted access. */
const restriction =
  /\bprivate\b|\bFORBIDDEN\b|\bnull to |\bmay not (see|read|use)\b|(^|[.:;] )for (the|its) [^.]*(owner|partner|buyer|holder|seller)|for \w+:\w+|everybody else/i;

interface ComposedField {
  coordinate: string;
  graphs: readonly string[];
}

/**
 * Gaps and surplus rows of a matrix: an operation or a field with restricted access that has no row, a row of what
 * does not exist, is not implemented, or belongs to another subgraph. Subgraphs without a table are left out.
 */
export function accessProblems(
  supergraph: string,
  tables: Readonly<Record<string, AccessTable>>,
  notImplemented: readonly string[],
): string[] {
  const fields = fieldsToTry(supergraph);
  const graphsOf = new Map(fields.map(({ coordinate, graphs }) => [coordinate, graphs]));
  const rows = Object.entries(tables).flatMap(([subgraph, table]) =>
    Object.keys(table).map((key) => ({ subgraph, ...coordinateOf(key) })),
  );
  const known = new Set(rows.map(({ coordinate }) => coordinate));
  const missing = fields
    .filter(({ coordinate }) => !known.has(coordinate) && !notImplemented.includes(coordinate))
    .filter(({ graphs }) => graphs.some((graph) => graph in tables))
    .map(({ coordinate, graphs }) => `${coordinate} needs a row in tests/access/${graphs[0]}-access.ts.`);
  const needless = rows.flatMap(({ coordinate, subgraph }) => {
    if (notImplemented.includes(coordinate)) return [`${coordinate} has a row, and is not implemented.`];
    const graphs = graphsOf.get(coordinate);
    if (!graphs) return [`${coordinate} has a row, and is no operation and no field with restricted access.`];
    return graphs.includes(subgraph)
      ? []
      : [`${coordinate} has a row of ${subgraph}, and is ${graphs.join()}'s.`];
  });
  return [...missing, ...needless];
}

type Composed = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Operations, and fields whose directives or descriptions restrict who reads them. Payloads are read by their callers; an
 * interface's field is tried once for all its implementers.
 */
function fieldsToTry(supergraph: string): ComposedField[] {
  const types = parse(supergraph).definitions.filter(
    (definition): definition is Composed =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const restricted = new Map(
    types.map((type) => [type.name.value, (type.fields ?? []).filter(isRestricted).map(nameOf)]),
  );
  return types.flatMap((type) => {
    const name = nameOf(type);
    if (name.endsWith('Payload')) return [];
    const inherited = (type.interfaces ?? []).flatMap((each) => restricted.get(nameOf(each)) ?? []);
    return (type.fields ?? [])
      .filter((field) => !hasDirective(field, 'inaccessible'))
      .filter((field) => rootTypes.has(name) || isRestricted(field))
      .filter((field) => !inherited.includes(nameOf(field)))
      .map((field) => ({ coordinate: `${name}.${nameOf(field)}`, graphs: graphsOfField(field, type) }));
  });
}

function nameOf({ name }: { name: NameNode }): string {
  return name.value;
}

function isRestricted(field: FieldDefinitionNode): boolean {
  return (
    hasDirective(field, 'authenticated') ||
    hasDirective(field, 'requiresScopes') ||
    restriction.test(descriptionOf(field))
  );
}

function hasDirective({ directives = [] }: FieldDefinitionNode, name: string): boolean {
  return directives.some((directive) => directive.name.value === name);
}

/** The subgraphs that resolve a field. */
function graphsOfField(field: FieldDefinitionNode, type: Composed): string[] {
  const own = graphsIn(field.directives, 'join__field');
  return own.length > 0 ? own : graphsIn(type.directives, 'join__type');
}

function graphsIn(directives: readonly DirectiveNode[] = [], name: string): string[] {
  return directives
    .filter((directive) => directive.name.value === name)
    .filter(({ arguments: given = [] }) => !given.some((argument) => argument.name.value === 'external'))
    .flatMap(({ arguments: given = [] }) => given)
    .flatMap(({ name: { value: argument }, value }) =>
      argument === 'graph' && value.kind === Kind.ENUM ? [value.value.toLowerCase()] : [],
    );
}
