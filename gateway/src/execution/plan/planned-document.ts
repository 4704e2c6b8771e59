import type {
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, print } from 'graphql';
import { isAnsweredHere, usedFragments, withUsedVariables } from '../../types/operation.js';
import type { Selected, SkipIncludeValues } from '../serialize/selection.js';
import { isCondition, isIncluded } from '../serialize/selection.js';
import type { PlannedKeys } from './planned-keys.js';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The text that is planned for an operation: without what its conditions leave out, and under planned keys.
 * @returns null where no subgraph is needed
 */
export function plannedDocument(
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

  const rewriteSet = (set: SelectionSetNode): SelectionSetNode => {
    const selections = rewriteAll(set);
    // The object itself is still to be found.
    return { ...set, selections: selections.length > 0 ? selections : [typename] };
  };

  const rewritten: OperationDefinitionNode = {
    ...operation,
    selectionSet: rewriteSet(operation.selectionSet),
  };
  const left = new Map(
    [...done].flatMap(([name, fragment]) => (fragment ? [[name, fragment] as const] : [])),
  );
  const used = usedFragments(rewritten, left);
  if (isAnsweredHere(rewritten.selectionSet, used)) return null;
  const definitions = [withUsedVariables(rewritten, used), ...used.values()];
  return print({ kind: Kind.DOCUMENT, definitions });
}
