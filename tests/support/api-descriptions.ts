import type {
  DefinitionNode,
  DocumentNode,
  EnumValueDefinitionNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  NameNode,
  StringValueNode,
} from 'graphql';
import { Kind, OperationTypeNode, parse, valueFromASTUntyped } from 'graphql';

/** A part of a schema that clients read about, and its description. */
export interface DescribedPart {
  /** As schema coordinates write it: `User.orders(first:)`. */
  coordinate: string;
  description: string;
  node: DefinitionNode | FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;
}

/** Every type, field, argument, enum value and directive of an SDL. Extensions are no definitions. */
export function partsOf(document: DocumentNode): DescribedPart[] {
  return document.definitions.flatMap((definition): DescribedPart[] => {
    const { name: nameNode } = definition as { name?: NameNode | undefined };
    if (!nameNode || definition.kind.endsWith('Extension')) return [];
    const isDirective = definition.kind === Kind.DIRECTIVE_DEFINITION;
    const name = isDirective ? `@${nameNode.value}` : nameNode.value;
    const own = isDirective ? (definition.arguments ?? []) : [];
    const fields: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] =
      'fields' in definition ? (definition.fields ?? []) : [];
    const values = 'values' in definition ? (definition.values ?? []) : [];
    return [
      partOf(name, definition),
      ...argumentsOf(name, own),
      ...fields.flatMap((field) => {
        const coordinate = `${name}.${field.name.value}`;
        const taken = 'arguments' in field ? (field.arguments ?? []) : [];
        return [partOf(coordinate, field), ...argumentsOf(coordinate, taken)];
      }),
      ...values.map((value) => partOf(`${name}.${value.name.value}`, value)),
    ];
  });
}

function argumentsOf(coordinate: string, given: readonly InputValueDefinitionNode[]): DescribedPart[] {
  return given.map((argument) => partOf(`${coordinate}(${argument.name.value}:)`, argument));
}

function partOf(coordinate: string, node: DescribedPart['node']): DescribedPart {
  return { coordinate, description: descriptionOf(node), node };
}

/** The description of a node in one line; empty without one. */
export function descriptionOf(node: object | undefined): string {
  const { description } = (node ?? {}) as { description?: StringValueNode | undefined };
  return (description?.value ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** The coordinates without a description. */
export function undescribed(document: DocumentNode): string[] {
  return partsOf(document).flatMap(({ coordinate, description }) => (description === '' ? [coordinate] : []));
}

const pageArguments = new Set(['first', 'last', 'limit']);

/** Arguments that say how long a list is, and do not state their range or their true default. */
export function unstatedRanges(document: DocumentNode): string[] {
  return partsOf(document).flatMap(({ coordinate, description, node }) => {
    if (node.kind !== Kind.INPUT_VALUE_DEFINITION || !pageArguments.has(node.name.value)) return [];
    const range = /\b\d+ to ([\d,]+)\b/.test(description);
    const fallback = node.defaultValue ? Number(valueFromASTUntyped(node.defaultValue)) : null;
    const stated = /default ([\d,]+)/.exec(description)?.[1]?.replaceAll(',', '') ?? null;
    return range && (fallback === null || stated === `${fallback}`) ? [] : [coordinate];
  });
}

const noCodes = 'none of its own';
const word = /\b[A-Z]{2,}(?:_[A-Z]+)*\b/g;

/** The codes that a mutation's description lists after "Codes:"; null where it has no such list. */
export function statedCodes(description: string, known: ReadonlySet<string>): string[] | null {
  const [, list] = /\bCodes: (.*)$/s.exec(description) ?? [];
  if (list === undefined) return null;
  const codes = (list.match(word) ?? []).filter((name) => known.has(name));
  return codes.length > 0 || list.includes(noCodes) ? codes : null;
}

/** The values of the SDL's ErrorCode. */
export function errorCodes(document: DocumentNode): Set<string> {
  return new Set(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'ErrorCode'
        ? (definition.values ?? []).map(({ name }) => name.value)
        : [],
    ),
  );
}

/** The codes that each mutation's description lists; null where it has no list. */
export function codesByMutation(document: DocumentNode): Map<string, string[] | null> {
  const known = errorCodes(document);
  return new Map(
    partsOf(document).flatMap(({ coordinate, description, node }) =>
      node.kind === Kind.FIELD_DEFINITION && coordinate.startsWith('Mutation.')
        ? [[node.name.value, statedCodes(description, known)] as const]
        : [],
    ),
  );
}

/** The error codes that no description of the SDL mentions but the enum's own. */
export function unmentionedCodes(document: DocumentNode): string[] {
  const texts = partsOf(document)
    .filter(({ coordinate }) => !coordinate.startsWith('ErrorCode'))
    .map(({ description }) => ` ${(description.match(word) ?? []).join(' ')} `)
    .join('');
  return [...errorCodes(document)].filter((code) => !texts.includes(` ${code} `));
}

/** Root fields that say "Not implemented yet" and are, or are not and do not say so. `missing`: coordinates. */
export function wronglyImplemented(document: DocumentNode, missing: readonly string[]): string[] {
  return partsOf(document).flatMap(({ coordinate, description, node }) =>
    node.kind === Kind.FIELD_DEFINITION &&
    /\bNot implemented yet\b/.test(description) !== missing.includes(coordinate)
      ? [coordinate]
      : [],
  );
}

/** Coordinates that several SDLs describe with different texts. */
export function differentTexts(documents: readonly DocumentNode[]): string[] {
  const texts = new Map<string, Set<string>>();
  for (const { coordinate, description } of documents.flatMap(partsOf)) {
    texts.set(coordinate, (texts.get(coordinate) ?? new Set()).add(description));
  }
  return [...texts].flatMap(([coordinate, found]) => (found.size > 1 ? [coordinate] : []));
}

/** The codes of a response's user errors that the description of their mutation does not list, as `field CODE`. */
export function unlistedCodes(
  listed: ReadonlyMap<string, readonly string[] | null>,
  query: string,
  data: Readonly<Record<string, unknown>>,
): string[] {
  return mutationFields(query).flatMap(({ key, name }) => {
    const payload = data[key] as { userErrors?: { code?: string }[] } | null | undefined;
    // Every mutation may answer INVALID for an input beyond its bounds: the description of Mutation says so.
    const allowed = new Set(['INVALID', ...(listed.get(name) ?? [])]);
    return (payload?.userErrors ?? []).flatMap(({ code }) =>
      code === undefined || allowed.has(code) ? [] : [`${name} ${code}`],
    );
  });
}

/** The root fields of a document's mutations, with their names in the response. */
function mutationFields(query: string): { key: string; name: string }[] {
  if (!/\bmutation\b/.test(query)) return [];
  return parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD
            ? [{ key: (selection.alias ?? selection.name).value, name: selection.name.value }]
            : [],
        )
      : [],
  );
}

/** Words that say whose a field is. */
const saysWhose = /\b(?:caller|own|private)\b|\bfor (?:the|its) |\bnull to /i;

/**
 * Fields whose description does not say who may use them: with the scopes that one of which is required, or whose they
 * are. Introspection does not show the directives that require it.
 */
export function unstatedAccess(document: DocumentNode): string[] {
  return partsOf(document).flatMap(({ coordinate, description, node }) => {
    if (node.kind !== Kind.FIELD_DEFINITION) return [];
    const isStated = (node.directives ?? []).every(({ name, arguments: [scopes] = [] }) => {
      if (name.value === 'authenticated') return saysWhose.test(description);
      if (name.value !== 'requiresScopes' || !scopes) return true;
      const alternatives = valueFromASTUntyped(scopes.value) as string[][];
      return alternatives.flat().every((scope) => description.includes(scope));
    });
    return isStated ? [] : [coordinate];
  });
}
