import type { Example, RootType } from '@souk/reference/examples';
import { exampleOf, operationFolders, placeholdersOf } from '@souk/reference/examples';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { GraphQLError, Kind, parse, validate } from 'graphql';

const roots = Object.keys(operationFolders) as RootType[];

/** Root fields without an example, as `Query.order`. Those that return NOT_IMPLEMENTED need none. */
export function operationsWithoutExample(
  schema: GraphQLSchema,
  notImplemented: readonly string[],
  examples: readonly Example[],
): string[] {
  const shown = new Set(examples.map(({ coordinate }) => coordinate));
  return roots
    .flatMap((root) => {
      const type = schema.getType(root);
      const fields = type && 'getFields' in type ? Object.keys(type.getFields()) : [];
      return fields.map((field) => `${root}.${field}`);
    })
    .filter((coordinate) => !notImplemented.includes(coordinate) && !shown.has(coordinate));
}

/** Finds mistakes of examples: documents that do not fit the API, unknown or circular references, no response. */
export function exampleProblems(schema: GraphQLSchema, examples: readonly Example[]): string[] {
  const byCoordinate = new Map(examples.map((example) => [example.coordinate, example]));
  return examples.flatMap((example) => {
    const unknown = neededBy(example).filter((coordinate) => !byCoordinate.has(coordinate));
    return [
      ...documentProblems(schema, example),
      ...unknown.map((coordinate) => `names ${coordinate}, which has no example`),
      ...(unknown.length === 0 && needsItself(example, byCoordinate) ? ['needs itself'] : []),
      ...(example.recorded ? [] : ['has no recorded response: run "npm run docs:examples"']),
    ].map((problem) => `${example.coordinate} ${problem}`);
  });
}

function documentProblems(schema: GraphQLSchema, { document, field, variables }: Example): string[] {
  let parsed: DocumentNode;
  try {
    parsed = parse(document);
  } catch (error) {
    return [error instanceof GraphQLError ? error.message : String(error)];
  }
  const operation = parsed.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const selected = (operation?.selectionSet.selections ?? []).map((selection) =>
    selection.kind === Kind.FIELD ? (selection.alias ?? selection.name).value : '...',
  );
  const declared = (operation?.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  return [
    ...validate(schema, parsed).map(({ message }) => message),
    ...(selected.join() === field ? [] : [`selects ${selected.join()} and not ${field}`]),
    ...declared.filter((name) => !Object.hasOwn(variables, name)).map((name) => `$${name} has no value`),
    ...Object.keys(variables)
      .filter((name) => !declared.includes(name))
      .map((name) => `$${name} is not declared`),
  ];
}

/** The examples that run before. */
function neededBy({ variables, after, trigger, with: changes }: Example): string[] {
  const named = placeholdersOf([variables, changes]).flatMap((name) => exampleOf(name) ?? []);
  return [...after, ...named, ...Object.keys(changes), ...(trigger === undefined ? [] : [trigger])];
}

function needsItself(example: Example, examples: ReadonlyMap<string, Example>): boolean {
  const seen = new Set<string>();
  const visit = (coordinate: string): boolean => {
    if (coordinate === example.coordinate) return true;
    const found = examples.get(coordinate);
    if (!found || seen.has(coordinate)) return false;
    seen.add(coordinate);
    return neededBy(found).some(visit);
  };
  return neededBy(example).some(visit);
}
