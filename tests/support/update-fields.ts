import type {
  DocumentNode,
  FieldDefinitionNode,
  InputObjectTypeDefinitionNode,
  InputValueDefinitionNode,
  TypeNode,
} from 'graphql';
import { Kind } from 'graphql';
import { descriptionOf } from './api-descriptions';

/** An optional argument or input field of a mutation that changes something: null and absent may differ. */
export interface UpdateField {
  /** `updateProfile.input.phone`. */
  path: string;
  /** Its own and that of its input type. */
  description: string;
}

const isUpdate = /^(?:update|set|save|verifyPartner)/;

/** The optional arguments and input fields of a subgraph's updates, but those of the items of lists. */
export function updateFields(document: DocumentNode): UpdateField[] {
  const inputs = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  );
  return mutations(document)
    .filter(({ name }) => isUpdate.test(name.value))
    .flatMap(({ name, arguments: given = [] }) =>
      given.flatMap((argument) => optionalParts(argument, { path: name.value, around: '', inputs })),
    );
}

function mutations(document: DocumentNode): FieldDefinitionNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Mutation'
      ? (definition.fields ?? [])
      : [],
  );
}

interface Place {
  path: string;
  /** Description of the input type that the part belongs to. */
  around: string;
  inputs: ReadonlyMap<string, InputObjectTypeDefinitionNode>;
}

function optionalParts(part: InputValueDefinitionNode, { path, around, inputs }: Place): UpdateField[] {
  const own = `${path}.${part.name.value}`;
  const isRequired = part.type.kind === Kind.NON_NULL_TYPE;
  const name = nameOf(part.type);
  const input = name === null ? undefined : inputs.get(name);
  return [
    ...(isRequired ? [] : [{ path: own, description: `${descriptionOf(part)} ${around}`.trim() }]),
    ...(input?.fields ?? []).flatMap((field) =>
      optionalParts(field, { path: own, around: descriptionOf(input), inputs }),
    ),
  ];
}

/** The name of a type that is no list. */
function nameOf(type: TypeNode): string | null {
  if (type.kind === Kind.NON_NULL_TYPE) return nameOf(type.type);
  return type.kind === Kind.NAMED_TYPE ? type.name.value : null;
}
