import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
} from 'graphql';
import type { AccessRules } from '../types/access.js';
import { fragmentsOf } from '../types/operation.js';
import type { CacheHints } from './cache-control.js';

/** Maximum ages in seconds of public data; 0 means not cacheable. */
export interface CachePolicies {
  /** The maximum age of a client's operation. */
  ofOperation(document: DocumentNode, operation: OperationDefinitionNode): number;
  /** The maximum age of the entities of a fetch. */
  ofEntityFetch(query: string): number;
}

const maxVisits = 20_000;

/**
 * Settles policies after Apollo's rules, closed where in doubt: the least age of all that is selected; a root field,
 * and one that gives objects, has none unless the field, or the type that it gives, is hinted at; a leaf is as old as
 * its object. Other than there a root field must be hinted at itself, a leaf that another subgraph may own too, and
 * a field that requires a token, a scope or a policy is never public. Where an interface stands, the hints of all that
 * implement it count. @skip and @include are not looked at.
 */
export function cachePolicies(api: GraphQLSchema, hints: CacheHints, rules: AccessRules): CachePolicies {
  const ageIn = (
    set: SelectionSetNode,
    type: GraphQLNamedType,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    rootAge: number,
    isRoot: boolean,
  ): number => {
    let visits = 0;
    const setAge = (
      selected: SelectionSetNode,
      parent: GraphQLNamedType,
      parentAge: number,
      top: boolean,
    ): number => {
      let age = Infinity;
      for (const node of selected.selections) {
        visits += 1;
        if (visits > maxVisits) return 0;
        if (node.kind === Kind.FIELD) {
          age = Math.min(age, fieldAge(node, parent, parentAge, top));
        } else {
          const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
          if (!fragment) return 0;
          const condition = fragment.typeCondition && api.getType(fragment.typeCondition.name.value);
          if (fragment.typeCondition && !condition) return 0;
          age = Math.min(age, setAge(fragment.selectionSet, condition ?? parent, parentAge, top));
        }
        if (age === 0) return 0;
      }
      return age;
    };
    const fieldAge = (node: FieldNode, parent: GraphQLNamedType, parentAge: number, top: boolean): number => {
      const name = node.name.value;
      if (name === '__typename') return Infinity;
      if (!isObjectType(parent) && !isInterfaceType(parent)) return 0;
      const definition = parent.getFields()[name];
      if (!definition) return 0;
      const named = getNamedType(definition.type);
      const places = isInterfaceType(parent) ? [parent, ...api.getPossibleTypes(parent)] : [parent];
      const own = Math.min(...places.map((place) => placeAge(place.name, name, named, parentAge, top)));
      if (own === 0 || !node.selectionSet) return own;
      return Math.min(own, setAge(node.selectionSet, named, own, false));
    };
    return setAge(set, type, rootAge, isRoot);
  };

  const placeAge = (
    type: string,
    field: string,
    named: GraphQLNamedType,
    parentAge: number,
    isRoot: boolean,
  ): number => {
    if (rules.requirementOf(type, field)) return 0;
    const own = hints.ofField(type, field);
    const given = isCompositeType(named) ? hints.ofType(named.name) : null;
    const isAnyPrivate =
      isAbstractType(named) &&
      api.getPossibleTypes(named).some((possible) => hints.ofType(possible.name)?.isPrivate);
    if (own?.isPrivate || given?.isPrivate || isAnyPrivate) return 0;
    if (own?.maxAge !== null && own?.maxAge !== undefined) return own.maxAge;
    if (isRoot) return 0;
    if (own?.inherits) return parentAge;
    if (!isCompositeType(named)) return hints.isOfItsType(type, field) ? parentAge : 0;
    if (given?.maxAge !== null && given?.maxAge !== undefined) return given.maxAge;
    return given?.inherits ? parentAge : 0;
  };

  const finite = (age: number): number => (Number.isFinite(age) ? age : 0);

  return {
    ofOperation: (document, operation) => {
      const root = api.getRootType(operation.operation);
      if (hints.isEmpty || operation.operation !== OperationTypeNode.QUERY || !root) return 0;
      return finite(ageIn(operation.selectionSet, root, fragmentsOf(document.definitions), Infinity, true));
    },
    ofEntityFetch: (query) => {
      if (hints.isEmpty) return 0;
      const document = parse(query);
      const fragments = fragmentsOf(document.definitions);
      const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
      const [entities, ...others] = operation?.selectionSet.selections ?? [];
      if (entities?.kind !== Kind.FIELD || entities.name.value !== '_entities' || others.length > 0) return 0;
      let age = Infinity;
      for (const node of entities.selectionSet?.selections ?? []) {
        if (node.kind === Kind.FIELD && node.name.value === '__typename') continue;
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
        if (!fragment || fragment.kind === Kind.FIELD || !fragment.typeCondition) return 0;
        const type = api.getType(fragment.typeCondition.name.value);
        const hint = type && hints.ofType(type.name);
        if (!type || !hint || hint.isPrivate || hint.maxAge === null) return 0;
        age = Math.min(age, hint.maxAge, ageIn(fragment.selectionSet, type, fragments, hint.maxAge, false));
      }
      return finite(age);
    },
  };
}
