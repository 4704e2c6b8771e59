import type { SelectionSetNode, ValidationRule } from 'graphql';
import { GraphQLError, Kind } from 'graphql';
import { tooLarge } from './document-size.js';

/** Fields that read the schema; `__typename` does not. */
const introspectionFields: ReadonlySet<string> = new Set(['__schema', '__type']);

/** The usual introspection has none. */
const maxAliases = 10;

/**
 * Refuses operations with many aliases of, or within, __schema and __type: each may return the whole schema again, and
 * blocks the event loop. graphql-js limits the depth of introspection.
 */
export function introspectionLimit(): ValidationRule {
  return (context) => {
    const aliasCounts = new Map<string, number>();

    const aliasesIn = ({ selections }: SelectionSetNode, isWithin: boolean): number =>
      selections.reduce((sum, node) => {
        if (node.kind === Kind.FRAGMENT_SPREAD) return sum + aliasesOfFragment(node.name.value, isWithin);
        const isBelow = isWithin || (node.kind === Kind.FIELD && introspectionFields.has(node.name.value));
        const own = isBelow && node.kind === Kind.FIELD && node.alias ? 1 : 0;
        return sum + own + (node.selectionSet ? aliasesIn(node.selectionSet, isBelow) : 0);
      }, 0);

    const aliasesOfFragment = (name: string, isWithin: boolean): number => {
      const key = `${isWithin ? 'within' : 'outside'} ${name}`;
      const known = aliasCounts.get(key);
      if (known !== undefined) return known;
      // A fragment within itself is refused by another rule; here it must only come to an end.
      aliasCounts.set(key, 0);
      const fragment = context.getFragment(name);
      const aliases = fragment ? aliasesIn(fragment.selectionSet, isWithin) : 0;
      aliasCounts.set(key, aliases);
      return aliases;
    };

    return {
      OperationDefinition: (node) => {
        const aliases = aliasesIn(node.selectionSet, false);
        if (aliases <= maxAliases) return;
        const message = `The operation has ${aliases} aliases of introspection; ${maxAliases} are allowed.`;
        context.reportError(tooLarge(message, 'aliases', node));
      },
    };
  };
}

/**
 * Refuses introspection, once for each `__schema` and `__type`; graphql-js's own rule reports every field below them
 * too.
 */
export const noIntrospection: ValidationRule = (context) => ({
  Field: (node) => {
    if (!introspectionFields.has(node.name.value)) return;
    context.reportError(
      new GraphQLError('Introspection is disabled: the operation may not read __schema or __type.', {
        nodes: [node],
      }),
    );
  },
});
