import type { Identity } from '@souk/shared/auth/identity';
import type { DocumentNode, FieldDefinitionNode, SelectionSetNode, TypeNode } from 'graphql';
import { Kind, parse } from 'graphql';
import type { AccessRule } from '../supergraph/supergraph.js';
import { policyPrefix } from '../supergraph/supergraph.js';
import type { AccessCondition, AccessRequirement, AccessRules, Grant, HoldsPolicy } from '../types/access.js';

/** A caller holds the policies that their token names. An anonymous caller holds none. */
export const holdsByToken: HoldsPolicy = (policy, identity) => identity?.policies?.has(policy) ?? false;

interface ComposedType {
  isInterface: boolean;
  interfaces: readonly string[];
  fields: ReadonlyMap<string, ComposedField>;
}

interface ComposedField {
  /** The named type behind it. */
  type: string;
  /** The fields of its object that subgraphs need to resolve it (@requires). */
  needs: readonly SelectionSetNode[];
}

/**
 * Resolves the rules, strictly if ambiguous. A field requires the rules on it, on its type and on the type that it
 * returns, those of its interfaces, and for an interface's field those of all implementers, because the actual type is
 * known only after execution. A field with @requires also needs the rules of the required fields.
 */
export function accessRules(
  document: DocumentNode,
  stated: readonly AccessRule[],
  holdsPolicy: HoldsPolicy = () => false,
): AccessRules {
  const types = composedTypes(document);
  const own = new Map<string, AccessCondition[]>();
  for (const rule of stated) {
    const place = rule.field === null ? rule.type : `${rule.type}.${rule.field}`;
    own.set(place, [...(own.get(place) ?? []), rule.anyOf]);
  }
  const statedAt = (type: string, field: string): AccessCondition[] => {
    const named = types.get(type)?.fields.get(field)?.type;
    if (named === undefined) return [];
    return [type, `${type}.${field}`, named].flatMap((place) => own.get(place) ?? []);
  };
  const implementers = implementersOf(types);

  const conditionsOf = (name: string, field: string, above: readonly string[]): AccessCondition[] => {
    const place = `${name}.${field}`;
    // Composition refuses cycles of @requires. Here the recursion only has to end.
    if (above.includes(place)) return [];
    const places = [name, ...(types.get(name)?.interfaces ?? []), ...(implementers.get(name) ?? [])];
    return places.flatMap((type) => [
      ...statedAt(type, field),
      ...(types.get(type)?.fields.get(field)?.needs ?? []).flatMap((set) =>
        conditionsIn(set, type, [...above, place]),
      ),
    ]);
  };
  const conditionsIn = (
    { selections }: SelectionSetNode,
    parent: string,
    above: readonly string[],
  ): AccessCondition[] =>
    selections.flatMap((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return [];
      if (node.kind === Kind.INLINE_FRAGMENT)
        return conditionsIn(node.selectionSet, node.typeCondition?.name.value ?? parent, above);
      const field = node.name.value;
      const named = types.get(parent)?.fields.get(field)?.type;
      const below =
        node.selectionSet && named !== undefined ? conditionsIn(node.selectionSet, named, above) : [];
      return [...conditionsOf(parent, field, above), ...below];
    });

  const requirements = new Map<string, AccessRequirement>();
  for (const [name, { fields }] of types) {
    for (const field of fields.keys()) {
      const conditions = conditionsOf(name, field, []);
      if (conditions.length > 0) requirements.set(`${name}.${field}`, distinct(conditions));
    }
  }

  const scopes = new Set(stated.flatMap((rule) => rule.anyOf.flat()));
  return {
    requirementOf: (type, field) => requirements.get(`${type}.${field}`) ?? null,
    grantOf: (identity) => grantOf(identity, scopes, holdsPolicy),
    scopes: [...scopes].sort().join(' '),
  };
}

function grantOf(identity: Identity | null, known: ReadonlySet<string>, holdsPolicy: HoldsPolicy): Grant {
  const isHeld = (name: string): boolean =>
    name.startsWith(policyPrefix)
      ? holdsPolicy(name.slice(policyPrefix.length), identity)
      : (identity?.scopes.has(name) ?? false);
  const held = new Set([...known].filter(isHeld));
  const isAnonymous = identity === null;
  return {
    key: `${isAnonymous ? 'anonymous' : 'known'}:${[...held].sort().join(' ')}`,
    isAnonymous,
    allows: (requirement) =>
      requirement.every((anyOf) =>
        // The empty list requires a token only.
        anyOf.some((all) => (all.length > 0 || !isAnonymous) && all.every((name) => held.has(name))),
      ),
  };
}

function distinct(conditions: readonly AccessCondition[]): AccessRequirement {
  return [...new Map(conditions.map((condition) => [JSON.stringify(condition), condition])).values()];
}

function composedTypes(document: DocumentNode): Map<string, ComposedType> {
  return new Map(
    document.definitions.flatMap((definition) => {
      const isInterface = definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
      if (!isInterface && definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      const interfaces = (definition.interfaces ?? []).map((type) => type.name.value);
      return [
        [definition.name.value, { isInterface, interfaces, fields: fieldsOf(definition.fields ?? []) }],
      ];
    }),
  );
}

function implementersOf(types: ReadonlyMap<string, ComposedType>): Map<string, string[]> {
  const implementers = new Map<string, string[]>();
  for (const [name, { interfaces }] of types) {
    for (const each of interfaces) implementers.set(each, [...(implementers.get(each) ?? []), name]);
  }
  return implementers;
}

function fieldsOf(fields: readonly FieldDefinitionNode[]): Map<string, ComposedField> {
  return new Map(
    fields.map((field) => [field.name.value, { type: nameOf(field.type), needs: needsOf(field) }]),
  );
}

function needsOf({ directives = [] }: FieldDefinitionNode): SelectionSetNode[] {
  return directives
    .filter(({ name }) => name.value === 'join__field')
    .flatMap((join) => join.arguments ?? [])
    .flatMap(({ name, value }) =>
      name.value === 'requires' && value.kind === Kind.STRING ? [selectionOf(value.value)] : [],
    );
}

/** A list of fields, as directives of federation have it. */
function selectionOf(text: string): SelectionSetNode {
  const [operation] = parse(`{${text}}`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`These are no fields: ${text}`);
  return operation.selectionSet;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
