import type {
  ConstDirectiveNode,
  DocumentNode,
  FieldDefinitionNode,
  FieldNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  SelectionNode,
  SelectionSetNode,
  TypeNode,
} from 'graphql';
import { Kind, parse, print, visit } from 'graphql';

/** A field with the arguments that some subgraph requires it with. */
export interface RequiredField {
  /** The field's name. */
  name: string;
  /** As in a selection: `price(currency: USD)`. */
  selection: string;
}

/** A supergraph in which a field that is required with arguments is a field of its own. */
export interface SeparatedSupergraph {
  sdl: string;
  /** The real fields, by the names of the added ones. */
  added: ReadonlyMap<string, RequiredField>;
}

type FieldsType = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Apollo's planner keeps one value for each name, so that `@requires(fields: "price(currency: USD)")` and the same in EUR
 * become one. Here each of them requires a field without arguments; fetches select the real one under that name.
 */
export function separateRequiredArguments(sdl: string): SeparatedSupergraph {
  const document = parse(sdl);
  const types = new Map<string, FieldsType>();
  const names = new Set<string>();
  for (const node of document.definitions) {
    if (!hasFields(node)) continue;
    types.set(node.name.value, node);
    for (const field of node.fields ?? []) names.add(field.name.value);
  }
  const added = new Map<string, RequiredField>();
  const byPlace = new Map<string, string>();
  const fieldsOf = new Map<string, FieldDefinitionNode[]>();

  const nameFor = (type: FieldsType, definition: FieldDefinitionNode, node: FieldNode): string => {
    const { alias: _, selectionSet: __, directives: ___, ...plain } = node;
    const selection = print(plain);
    const place = `${type.name.value}.${selection}`;
    const known = byPlace.get(place);
    if (known !== undefined) return known;
    let name = '';
    for (let turn = added.size; name === '' || names.has(name); turn += 1)
      name = `${node.name.value}_required${turn}`;
    names.add(name);
    byPlace.set(place, name);
    added.set(name, { name: node.name.value, selection });
    const { arguments: ____, description: _____, ...field } = definition;
    const copy: FieldDefinitionNode = { ...field, name: { kind: Kind.NAME, value: name } };
    fieldsOf.set(type.name.value, [...(fieldsOf.get(type.name.value) ?? []), copy]);
    return name;
  };

  const rewriteSet = (set: SelectionSetNode, type: FieldsType | undefined): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((node): SelectionNode => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return node;
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const within = node.typeCondition ? types.get(node.typeCondition.name.value) : type;
        return { ...node, selectionSet: rewriteSet(node.selectionSet, within) };
      }
      const definition = type?.fields?.find((field) => field.name.value === node.name.value);
      if (!type || !definition) return node;
      const { selectionSet } = node;
      const below = selectionSet && rewriteSet(selectionSet, types.get(namedType(definition.type)));
      // A field of an interface would have to be added to all that implement it.
      if (!node.arguments?.length || type.kind === Kind.INTERFACE_TYPE_DEFINITION)
        return { ...node, ...(below && { selectionSet: below }) };
      const { arguments: _, ...plain } = node;
      const name = { kind: Kind.NAME, value: nameFor(type, definition, node) } as const;
      return { ...plain, name, ...(below && { selectionSet: below }) };
    }),
  });

  const rewriteDirective = (directive: ConstDirectiveNode, type: FieldsType): ConstDirectiveNode => {
    if (directive.name.value !== 'join__field') return directive;
    return {
      ...directive,
      arguments: (directive.arguments ?? []).map((argument) => {
        if (argument.name.value !== 'requires' || argument.value.kind !== Kind.STRING) return argument;
        const set = selectionOf(argument.value.value);
        if (!set) return argument;
        const text = rewriteSet(set, type).selections.map(print).join(' ');
        return { ...argument, value: { ...argument.value, value: text, block: false } };
      }),
    };
  };

  const rewritten = rewriteTypes(document, (type) => ({
    ...type,
    fields: (type.fields ?? []).map((field) => ({
      ...field,
      directives: (field.directives ?? []).map((directive) => rewriteDirective(directive, type)),
    })),
  }));
  if (added.size === 0) return { sdl, added };
  const whole = rewriteTypes(rewritten, (type) => {
    const more = fieldsOf.get(type.name.value);
    return more ? { ...type, fields: [...(type.fields ?? []), ...more] } : type;
  });
  return { sdl: print(whole), added };
}

/** The query of a fetch with the real fields in place of the added ones. */
export function withRealFields(query: string, added: ReadonlyMap<string, RequiredField>): string {
  if (![...added.keys()].some((name) => query.includes(name))) return query;
  const document = visit(parse(query), {
    Field: (node) => {
      const field = added.get(node.name.value);
      if (!field) return undefined;
      const set = selectionOf(field.selection);
      const [real] = set?.selections ?? [];
      if (real?.kind !== Kind.FIELD) return undefined;
      return { ...node, alias: node.alias ?? node.name, name: real.name, arguments: real.arguments ?? [] };
    },
  });
  return print(document);
}

function rewriteTypes(document: DocumentNode, rewrite: (type: FieldsType) => FieldsType): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((node) => (hasFields(node) ? rewrite(node) : node)),
  };
}

function hasFields(node: { kind: Kind }): node is FieldsType {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The selection set of a text such as `id price`. */
export function selectionOf(text: string): SelectionSetNode | null {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : null;
}
