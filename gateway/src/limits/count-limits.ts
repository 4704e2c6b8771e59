import type {
  ASTNode,
  DirectiveNode,
  FragmentDefinitionNode,
  SelectionSetNode,
  ValidationRule,
} from 'graphql';
import { Kind } from 'graphql';
import { tooLarge } from './document-size.js';

/** The counts of an operation that can be set. Fragments count wherever they are spread. */
export interface CountLimits {
  /** Aliases, those of `__typename` and of introspection included. */
  aliases: number;
  rootFields: number;
  /** Directives, known and unknown, repeated ones each. */
  directives: number;
  /** Fields altogether; 3,000 when left out. Estimating the cost visits each of them. */
  fields?: number;
}

const defaultMaxFields = 3_000;
/** Fields with selections. Planning takes up to a millisecond for each of them, wherever fragments spread it. */
const maxObjects = 500;
/** Directives of one field, fragment, operation or variable. The API has two: `@skip` and `@include`. */
const maxDirectivesPerNode = 5;
const maxOperations = 20;
const maxFragments = 200;
const maxVariables = 100;

type Kinds =
  'aliases' | 'root_fields' | 'directives' | 'fields' | 'objects' | 'operations' | 'fragments' | 'variables';

interface Counts {
  aliases: number;
  /** Of the selection set itself, with its fragments. */
  ownFields: number;
  /** With those of all selection sets below it. */
  fields: number;
  /** The fields among them that have selections. */
  objects: number;
  directives: number;
}

/**
 * Refuses documents by number, before validation: each part is work for the validation, the planner and each object.
 */
export function countLimits(limits: CountLimits): ValidationRule {
  const { fields: maxFields = defaultMaxFields } = limits;
  return (context) => {
    const fragmentCounts = new Map<string, Counts>();
    const reported = new Set<Kinds>();
    const check = (node: ASTNode, what: Kinds, count: number, limit: number, holder = 'operation'): void => {
      if (count <= limit || reported.has(what)) return;
      reported.add(what);
      const message = `The ${holder} has ${count} ${what.replace('_', ' ')}; ${limit} are allowed.`;
      context.reportError(tooLarge(message, what, node));
    };

    const countsOf = (set: SelectionSetNode): Counts => {
      const counts: Counts = { aliases: 0, ownFields: 0, fields: 0, objects: 0, directives: 0 };
      for (const selection of set.selections) {
        counts.directives += selection.directives?.length ?? 0;
        if (selection.kind === Kind.FIELD) {
          counts.ownFields += 1;
          counts.fields += 1;
          if (selection.alias) counts.aliases += 1;
          if (selection.selectionSet) {
            counts.objects += 1;
            add(counts, countsOf(selection.selectionSet));
          }
        } else {
          const within =
            selection.kind === Kind.INLINE_FRAGMENT
              ? countsOf(selection.selectionSet)
              : countsOfFragment(context.getFragment(selection.name.value));
          counts.ownFields += within.ownFields;
          add(counts, within);
        }
      }
      return counts;
    };

    const countsOfFragment = (fragment: FragmentDefinitionNode | null | undefined): Counts => {
      const nothing: Counts = { aliases: 0, ownFields: 0, fields: 0, objects: 0, directives: 0 };
      if (!fragment) return nothing;
      const name = fragment.name.value;
      const known = fragmentCounts.get(name);
      if (known) return known;
      // Another rule refuses a fragment within itself. Here the recursion only has to end.
      fragmentCounts.set(name, nothing);
      const counts = countsOf(fragment.selectionSet);
      counts.directives += fragment.directives?.length ?? 0;
      fragmentCounts.set(name, counts);
      return counts;
    };

    const checkDirectivesOf = (node: ASTNode): void =>
      check(node, 'directives', directivesOf(node).length, maxDirectivesPerNode, 'place');

    return {
      Document: (node) => {
        const fragments = node.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length;
        check(node, 'operations', node.definitions.length - fragments, maxOperations, 'document');
        check(node, 'fragments', fragments, maxFragments, 'document');
      },
      OperationDefinition: (node) => {
        const { aliases, ownFields, fields, objects, directives } = countsOf(node.selectionSet);
        const variables = node.variableDefinitions ?? [];
        const others = [node, ...variables].reduce((sum, each) => sum + (each.directives?.length ?? 0), 0);
        check(node, 'aliases', aliases, limits.aliases);
        check(node, 'root_fields', ownFields, limits.rootFields);
        check(node, 'directives', directives + others, limits.directives);
        check(node, 'fields', fields, maxFields);
        check(node, 'objects', objects, maxObjects);
        check(node, 'variables', variables.length, maxVariables);
        checkDirectivesOf(node);
      },
      // All other kinds of nodes.
      enter: checkDirectivesOf,
    };
  };
}

function add(counts: Counts, more: Counts): void {
  counts.aliases += more.aliases;
  counts.fields += more.fields;
  counts.objects += more.objects;
  counts.directives += more.directives;
}

function directivesOf(node: ASTNode): readonly DirectiveNode[] {
  return 'directives' in node ? (node.directives ?? []) : [];
}
