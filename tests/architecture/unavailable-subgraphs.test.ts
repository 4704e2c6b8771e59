import type {
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  TypeNode,
} from 'graphql';
import { Kind, parse, print } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// While a subgraph is not available, what it resolves is null, and nothing else: a null ends at the first field that may be
// null. So a field that refers to another subgraph's entity may be null, and so may a field that a subgraph adds to one.

const supergraph = readFileSync(join(__dirname, '../../gateway/supergraph.graphql'), 'utf8');

type Type = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const roots = ['Query', 'Mutation', 'Subscription'];

function argumentsOf(
  { directives = [] }: Type | FieldDefinitionNode,
  name: string,
): Record<string, string>[] {
  return directives
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map((each) => [each.name.value, print(each.value).replaceAll('"', '')])),
    );
}

/** Subgraphs that resolve a field. */
function subgraphsOf(type: Type, field: FieldDefinitionNode): string[] {
  const own = argumentsOf(field, 'join__field').flatMap(({ graph, external }) =>
    graph !== undefined && external !== 'true' ? [graph] : [],
  );
  return own.length > 0 ? own : argumentsOf(type, 'join__type').flatMap(({ graph }) => graph ?? []);
}

/** The subgraph of an entity that resolves most of its fields; null for a type without key. */
function ownerOf(type: Type): string | null {
  if (!argumentsOf(type, 'join__type').some(({ key }) => key !== undefined)) return null;
  const counts = new Map<string, number>();
  for (const field of type.fields ?? [])
    for (const graph of subgraphsOf(type, field)) counts.set(graph, (counts.get(graph) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

/** Whether a value, or an item of a list, may not be null. */
function isRequired(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return type.type.kind !== Kind.LIST_TYPE || isRequired(type.type);
  return type.kind === Kind.LIST_TYPE && isRequired(type.type);
}

/** Fields of a supergraph whose null would take their parent with it while another subgraph is not available. */
function spreadingFields(sdl: string): string[] {
  const types = new Map(
    parse(sdl).definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? [[node.name.value, node] as const]
        : [],
    ),
  );
  return [...types.values()].flatMap((type) => {
    const owner = roots.includes(type.name.value) ? null : ownerOf(type);
    return (type.fields ?? []).flatMap((field) => {
      const graphs = subgraphsOf(type, field);
      const entity = types.get(namedType(field.type));
      const isReference =
        entity !== undefined &&
        ownerOf(entity) !== null &&
        (entity.fields ?? []).some(
          (each) =>
            each.type.kind === Kind.NON_NULL_TYPE &&
            !subgraphsOf(entity, each).some((graph) => graphs.includes(graph)),
        );
      const isAdded = owner !== null && !graphs.includes(owner);
      return (isReference && isRequired(field.type)) || (isAdded && field.type.kind === Kind.NON_NULL_TYPE)
        ? [`${type.name.value}.${field.name.value}: ${print(field.type)}`]
        : [];
    });
  });
}

test('no field takes what other subgraphs resolve with it', () => {
  expect(spreadingFields(supergraph)).toEqual([]);
});

test.each<[string, { buyer?: string; friends?: string; orders?: string }, string]>([
  ['a reference', { buyer: 'User!' }, 'Order.buyer: User!'],
  ['a list of references', { friends: '[User!]' }, 'Order.friends: [User!]'],
  ['an added field', { orders: 'Int!' }, 'User.orders: Int!'],
])(
  'a planted violation is found: %s',
  (_what, { buyer = 'User', friends = '[User]!', orders = 'Int' }, found) => {
    const planted = `
    type User @join__type(graph: ACCOUNT, key: "id") @join__type(graph: ORDER, key: "id") {
      id: ID!
      name: String! @join__field(graph: ACCOUNT)
      phone: String @join__field(graph: ACCOUNT)
      orders: ${orders} @join__field(graph: ORDER)
    }
    type Order @join__type(graph: ORDER) { buyer: ${buyer} friends: ${friends} }`;
    expect(spreadingFields(planted)).toEqual([found]);
  },
);
