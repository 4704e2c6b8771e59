import type { ConstDirectiveNode, DocumentNode, FieldDefinitionNode } from 'graphql';
import { Kind, valueFromASTUntyped } from 'graphql';

/** A @cacheControl directive. Null means that the argument is absent. */
export interface CacheHint {
  /** In seconds. */
  maxAge: number | null;
  isPrivate: boolean;
  inherits: boolean;
}

/** The hints of a supergraph. */
export interface CacheHints {
  /** Whether there are any. */
  readonly isEmpty: boolean;
  ofType(type: string): CacheHint | null;
  ofField(type: string, field: string): CacheHint | null;
  /**
   * Whether a leaf without a hint is as old as its object may be: not where another subgraph than the one that hints at
   * the type may own it.
   */
  isOfItsType(type: string, field: string): boolean;
}

/** Reads @cacheControl, as Apollo Server has it, off a composed supergraph. */
export function cacheHints(supergraph: DocumentNode): CacheHints {
  const types = new Map<string, CacheHint>();
  const fields = new Map<string, CacheHint>();
  const foreign = new Set<string>();
  for (const node of supergraph.definitions) {
    if (
      node.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      node.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      node.kind !== Kind.UNION_TYPE_DEFINITION
    )
      continue;
    const name = node.name.value;
    const directives = node.directives ?? [];
    const hint = hintOf(directives);
    if (hint) types.set(name, hint);
    if (node.kind === Kind.UNION_TYPE_DEFINITION) continue;
    const isShared = directives.filter((directive) => directive.name.value === 'join__type').length > 1;
    for (const field of node.fields ?? []) {
      const place = `${name}.${field.name.value}`;
      const own = hintOf(field.directives ?? []);
      if (own) fields.set(place, own);
      if (mayBeForeign(field, isShared)) foreign.add(place);
    }
  }
  return {
    isEmpty: types.size === 0 && fields.size === 0,
    ofType: (type) => types.get(type) ?? null,
    ofField: (type, field) => fields.get(`${type}.${field}`) ?? null,
    isOfItsType: (type, field) => !foreign.has(`${type}.${field}`),
  };
}

/**
 * A field without @join__field is in all subgraphs that know its type; one without a graph is of an interface object.
 */
function mayBeForeign({ directives = [] }: FieldDefinitionNode, isShared: boolean): boolean {
  const joins = directives.filter((directive) => directive.name.value === 'join__field');
  if (joins.length === 0) return false;
  return isShared || joins.some((join) => !join.arguments?.some(({ name }) => name.value === 'graph'));
}

function hintOf(directives: readonly ConstDirectiveNode[]): CacheHint | null {
  const directive = directives.find(({ name }) => name.value === 'cacheControl');
  if (!directive) return null;
  const args = Object.fromEntries(
    (directive.arguments ?? []).map((node) => [node.name.value, valueFromASTUntyped(node.value)]),
  );
  const { maxAge, scope, inheritMaxAge } = args;
  return {
    maxAge: typeof maxAge === 'number' ? Math.max(0, maxAge) : null,
    isPrivate: scope === 'PRIVATE',
    inherits: inheritMaxAge === true,
  };
}
