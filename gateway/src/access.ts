import type { Identity } from '@souk/shared/auth/identity';
import type { DocumentNode, FieldDefinitionNode, TypeNode } from 'graphql';
import { Kind } from 'graphql';
import type { Condition, StatedRule } from './supergraph.js';
import { policyPrefix } from './supergraph.js';

/** What a field asks of its caller: each of the conditions. Any at all asks for a valid token. */
export type Requirement = readonly Condition[];

/** Whether a policy that the supergraph names lets a caller pass. */
export type HoldsPolicy = (policy: string, identity: Identity | null) => boolean;

/** A caller holds the policies that his token names; nobody in particular holds none. */
export const holdsByToken: HoldsPolicy = (policy, identity) => identity?.policies?.has(policy) ?? false;

/** The access rules of a supergraph, settled for each field. */
export interface AccessRules {
  /** What a field of an object or interface type asks; null where it is open to all. */
  requirementOf(type: string, field: string): Requirement | null;
  /** What a caller may see. */
  grantOf(identity: Identity | null): Grant;
  /** The scopes that the rules name. */
  readonly scopes: string;
}

/** What one caller may see. Callers with the same key may see the same. */
export interface Grant {
  key: string;
  isAnonymous: boolean;
  allows(requirement: Requirement): boolean;
}

interface ComposedType {
  isInterface: boolean;
  interfaces: readonly string[];
  /** The named type behind each field. */
  fields: ReadonlyMap<string, string>;
}

/**
 * Settles the rules, closed where in doubt. A field asks what is stated on it, on its type and on the type that it
 * returns; on top of that what its interfaces state, and at an interface what any implementer states: which one
 * stands behind it is known only when it is too late.
 */
export function accessRules(
  document: DocumentNode,
  stated: readonly StatedRule[],
  holdsPolicy: HoldsPolicy = () => false,
): AccessRules {
  const types = composedTypes(document);
  const own = new Map<string, Condition[]>();
  for (const rule of stated) {
    const place = rule.field === null ? rule.type : `${rule.type}.${rule.field}`;
    own.set(place, [...(own.get(place) ?? []), rule.anyOf]);
  }
  const statedAt = (type: string, field: string): Condition[] => {
    const named = types.get(type)?.fields.get(field);
    if (named === undefined) return [];
    return [type, `${type}.${field}`, named].flatMap((place) => own.get(place) ?? []);
  };

  const requirements = new Map<string, Requirement>();
  for (const [name, type] of types) {
    const implementers = type.isInterface
      ? [...types].filter(([, other]) => other.interfaces.includes(name)).map(([other]) => other)
      : [];
    for (const field of type.fields.keys()) {
      const conditions = [name, ...type.interfaces, ...implementers].flatMap((place) =>
        statedAt(place, field),
      );
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
        // The empty list asks for a token, and for nothing else.
        anyOf.some((all) => (all.length > 0 || !isAnonymous) && all.every((name) => held.has(name))),
      ),
  };
}

function distinct(conditions: readonly Condition[]): Requirement {
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

function fieldsOf(fields: readonly FieldDefinitionNode[]): Map<string, string> {
  return new Map(fields.map((field) => [field.name.value, nameOf(field.type)]));
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
