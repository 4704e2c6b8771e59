import type {
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, print } from 'graphql';
import { graphError } from '@souk/shared/graph/errors';
import { countLimit } from '@souk/shared/telemetry';
import { isAnsweredHere, withUsedVariables } from '../../types/operation.js';
import type { Selected, SkipIncludeValues } from '../serialize/selection.js';
import { isCondition, isIncluded } from '../serialize/selection.js';
import type { MergedSelections } from './merged-selections.js';
import { SelectionMerger, selectionSetOf, TooManySelections } from './merged-selections.js';
import type { PlannedKeys } from './planned-keys.js';

/** Fields of an operation with its fragments spread. Planning takes longer with each of them. */
const maxMergedFields = 1_000;

/**
 * The text that is planned for an operation: without what its conditions leave out, without fragments to spread, and under
 * planned keys. Operations that select the same have the same text.
 * @returns null where no subgraph is needed
 * @throws GraphQLError OPERATION_TOO_LARGE
 */
export function plannedDocument(
  schema: GraphQLSchema,
  { operation, fragments }: Selected,
  keys: Pick<PlannedKeys, 'of'>,
  skipInclude: SkipIncludeValues,
): string | null {
  const done = new Map<string, FragmentDefinitionNode | null>();

  const withoutConditions = <Node extends SelectionNode>(node: Node): Node =>
    node.directives?.length
      ? { ...node, directives: node.directives.filter((directive) => !isCondition(directive)) }
      : node;

  const rewriteFragment = (name: string): FragmentDefinitionNode | null => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const selections = fragment ? rewriteAll(fragment.selectionSet) : [];
    const rewritten =
      fragment && selections.length > 0
        ? { ...fragment, selectionSet: { ...fragment.selectionSet, selections } }
        : null;
    done.set(name, rewritten);
    return rewritten;
  };

  const rewrite = (node: SelectionNode): SelectionNode[] => {
    if (!isIncluded(node, skipInclude)) return [];
    const plain = withoutConditions(node);
    if (plain.kind === Kind.FRAGMENT_SPREAD) return rewriteFragment(plain.name.value) ? [plain] : [];
    if (plain.kind === Kind.INLINE_FRAGMENT) {
      const selections = rewriteAll(plain.selectionSet);
      if (selections.length === 0) return [];
      return [{ ...plain, selectionSet: { ...plain.selectionSet, selections } }];
    }
    const key = keys.of(plain);
    const { alias: _, selectionSet, ...field } = plain;
    return [
      {
        ...field,
        ...(key !== plain.name.value && { alias: { kind: Kind.NAME, value: key } }),
        ...(selectionSet && { selectionSet: rewriteSet(selectionSet) }),
      },
    ];
  };

  const rewriteAll = ({ selections }: SelectionSetNode): SelectionNode[] => selections.flatMap(rewrite);

  const rewriteSet = (set: SelectionSetNode): SelectionSetNode =>
    selectionSetOf({ selections: rewriteAll(set) });

  const rewritten: OperationDefinitionNode = {
    ...operation,
    selectionSet: rewriteSet(operation.selectionSet),
  };
  const left = new Map(
    [...done].flatMap(([name, fragment]) => (fragment ? [[name, fragment] as const] : [])),
  );
  if (isAnsweredHere(rewritten.selectionSet, left)) return null;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation}.`);
  const merged = mergedSelections(schema, root, rewritten.selectionSet, left);
  const planned = { ...rewritten, selectionSet: selectionSetOf(merged) };
  return print({ kind: Kind.DOCUMENT, definitions: [withUsedVariables(planned, new Map())] });
}

/** @throws GraphQLError OPERATION_TOO_LARGE */
function mergedSelections(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): MergedSelections {
  try {
    const merged = new SelectionMerger(schema, fragments).merge(root, [set]);
    if (merged.size <= maxMergedFields) return merged;
  } catch (error) {
    if (!(error instanceof TooManySelections)) throw error;
  }
  countLimit('fields');
  const message = `With its fragments spread, the operation selects more than ${maxMergedFields} fields.`;
  throw graphError('OPERATION_TOO_LARGE', message, { http: { status: 400 } });
}
