import { countLimit } from '@souk/shared/telemetry';
import type {
  ASTNode,
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  SelectionSetNode,
  ValidationRule,
} from 'graphql';
import { GraphQLError, Kind, parse, validate } from 'graphql';

/** The operation is larger than what the gateway runs. */
export class TooLarge extends Error {}

/** Tokens of a document; a document of more is not parsed to its end. Introspection has some 350. */
export const maxTokens = 4_000;

/** What graphql-js says where it stops parsing; it gives no code. */
export const parsingAborted = /contains more tha[nt] \d+ .*Parsing aborted/;

/** Refuses operations that nest deeper than `limit` fields. Introspection is not counted: graphql-js bounds it. */
export function depthLimit(limit: number): ValidationRule {
  return (context) => {
    const depths = new Map<string, number>();

    const depthOf = (set: SelectionSetNode): number =>
      set.selections.reduce((deepest, selection) => {
        if (selection.kind === Kind.FIELD) {
          if (selection.name.value.startsWith('__')) return deepest;
          return Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0));
        }
        if (selection.kind === Kind.INLINE_FRAGMENT)
          return Math.max(deepest, depthOf(selection.selectionSet));
        const fragment = context.getFragment(selection.name.value);
        return Math.max(deepest, fragment ? depthOfFragment(fragment) : 0);
      }, 0);

    const depthOfFragment = (fragment: FragmentDefinitionNode): number => {
      const name = fragment.name.value;
      const known = depths.get(name);
      if (known !== undefined) return known;
      // A fragment within itself is refused by another rule; here it must only come to an end.
      depths.set(name, 0);
      const depth = depthOf(fragment.selectionSet);
      depths.set(name, depth);
      return depth;
    };

    return {
      OperationDefinition: (node) => {
        const depth = depthOf(node.selectionSet);
        if (depth <= limit) return;
        const message = `The operation is ${depth} fields deep; ${limit} are allowed.`;
        countLimit('depth');
        context.reportError(
          new GraphQLError(message, { nodes: [node], originalError: new TooLarge(message) }),
        );
      },
    };
  };
}

/** Selections within selections, fragments too: what reads an operation calls itself for each. */
const maxNesting = 100;
/** Lists within lists: the planner looks at what is in a list twice, and at what is in that twice again. */
const maxListNesting = 10;

/** Refuses operations whose selections or values nest deeper than anybody needs. */
export function nestingLimit(): ValidationRule {
  return (context) => {
    const kept = new Map<string, number>();

    const nestingOf = ({ selections }: SelectionSetNode): number =>
      selections.reduce((deepest, node) => {
        if (node.kind === Kind.FRAGMENT_SPREAD)
          return Math.max(deepest, 1 + nestingOfFragment(node.name.value));
        return node.selectionSet ? Math.max(deepest, 1 + nestingOf(node.selectionSet)) : deepest;
      }, 0);

    const nestingOfFragment = (name: string): number => {
      const known = kept.get(name);
      if (known !== undefined) return known;
      // As in `depthLimit`.
      kept.set(name, 0);
      const fragment = context.getFragment(name);
      const nesting = fragment ? nestingOf(fragment.selectionSet) : 0;
      kept.set(name, nesting);
      return nesting;
    };
    const report = (what: string, limit: number, node: ASTNode): void => {
      const message = `The operation nests ${what} more than ${limit} levels deep.`;
      countLimit('depth');
      context.reportError(new GraphQLError(message, { nodes: [node], originalError: new TooLarge(message) }));
    };

    let lists = 0;
    return {
      OperationDefinition: (node) => {
        if (nestingOf(node.selectionSet) > maxNesting) report('selections', maxNesting, node);
      },
      ListValue: {
        enter: (node) => {
          lists += 1;
          if (lists === maxListNesting + 1) report('lists', maxListNesting, node);
        },
        leave: () => {
          lists -= 1;
        },
      },
    };
  };
}

/** How deep objects and lists of variables may nest. */
const maxVariableNesting = 100;

/** Whether variables nest deeper than can be written as JSON again. */
export function nestsTooDeep(value: unknown, room = maxVariableNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (room === 0) return true;
  return Object.values(value).some((below) => nestsTooDeep(below, room - 1));
}

/** How many of a kind an operation may have, fragments counted where they are spread. */
export interface CountLimits {
  aliases: number;
  rootFields: number;
  directives: number;
}

interface Counts {
  aliases: number;
  fields: number;
  directives: number;
}

/** Refuses operations with too many aliases, root fields or directives: each is work for each object. */
export function countLimits(limits: CountLimits): ValidationRule {
  return (context) => {
    const kept = new Map<string, Counts>();

    const countsOf = (set: SelectionSetNode): Counts => {
      const counts: Counts = { aliases: 0, fields: 0, directives: 0 };
      for (const selection of set.selections) {
        counts.directives += selection.directives?.length ?? 0;
        if (selection.kind === Kind.FIELD) {
          // Introspection repeats itself; its aliases are counted by introspection-limit.
          if (selection.name.value.startsWith('__')) continue;
          counts.fields += 1;
          if (selection.alias) counts.aliases += 1;
          const below = selection.selectionSet ? countsOf(selection.selectionSet) : null;
          counts.aliases += below?.aliases ?? 0;
          counts.directives += below?.directives ?? 0;
        } else {
          const within =
            selection.kind === Kind.INLINE_FRAGMENT
              ? countsOf(selection.selectionSet)
              : countsOfFragment(context.getFragment(selection.name.value));
          counts.aliases += within.aliases;
          counts.fields += within.fields;
          counts.directives += within.directives;
        }
      }
      return counts;
    };

    const countsOfFragment = (fragment: FragmentDefinitionNode | null | undefined): Counts => {
      const nothing: Counts = { aliases: 0, fields: 0, directives: 0 };
      if (!fragment) return nothing;
      const name = fragment.name.value;
      const known = kept.get(name);
      if (known) return known;
      kept.set(name, nothing);
      const counts = countsOf(fragment.selectionSet);
      kept.set(name, counts);
      return counts;
    };

    return {
      OperationDefinition: (node) => {
        const { aliases, fields, directives } = countsOf(node.selectionSet);
        const report = (
          count: number,
          limit: number,
          what: 'aliases' | 'root_fields' | 'directives',
        ): void => {
          if (count <= limit) return;
          countLimit(what);
          const message = `The operation has ${count} ${what.replace('_', ' ')}; ${limit} are allowed.`;
          context.reportError(
            new GraphQLError(message, { nodes: [node], originalError: new TooLarge(message) }),
          );
        };
        report(aliases, limits.aliases, 'aliases');
        report(fields, limits.rootFields, 'root_fields');
        report(directives, limits.directives, 'directives');
      },
    };
  };
}

/**
 * What is too large in a document, before it is validated: validating takes time that grows with more than its size.
 * A document that cannot be parsed is left to those who tell why.
 */
export function sizeProblems(
  schema: GraphQLSchema,
  source: string,
  rules: readonly ValidationRule[],
): readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(source, { maxLexicalTokens: maxTokens });
  } catch {
    return [];
  }
  return validate(schema, document, rules);
}
