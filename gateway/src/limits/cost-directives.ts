import type { ConstDirectiveNode, DefinitionNode, DocumentNode } from 'graphql';
import { Kind, valueFromASTUntyped } from 'graphql';
import { directiveNames } from '../supergraph/links.js';

/** `@listSize` of a field. */
export interface ListSize {
  assumedSize: number | null;
  /** Paths of arguments, e.g. `first` or `page.first`. */
  slicingArguments: readonly string[];
  /** Paths of the lists below that are as long as the slice, e.g. `edges`; empty where the field is the list. */
  sizedFields: readonly string[];
  requiresOneSlicingArgument: boolean;
}

/** The cost directives of a field. */
export interface FieldCost {
  weight: number | null;
  argumentWeights: ReadonlyMap<string, number>;
  listSize: ListSize | null;
}

/** The cost directives of a supergraph. */
export interface CostDirectives {
  /** The weight of a type; undefined where nothing is stated. */
  weightOf(typeName: string): number | undefined;
  /** The weight of a field of an input object; undefined where nothing is stated. */
  inputWeightOf(typeName: string, field: string): number | undefined;
  /** The directives of a field; of an interface's field, for each implementing type. At least one entry. */
  fieldCosts(typeName: string, field: string): readonly FieldCost[];
}

const nothingStated: FieldCost = { weight: null, argumentWeights: new Map(), listSize: null };

/** Reads `@cost` and `@listSize` from a supergraph. */
export function readCostDirectives(document: DocumentNode): CostDirectives {
  const names = directiveNames(document, 'cost', ['cost', 'listSize']);
  const argumentsOf = (
    directives: readonly ConstDirectiveNode[],
    name: string,
  ): Record<string, unknown> | null => {
    const directive = directives.find((node) => names.get(name)?.has(node.name.value));
    if (!directive) return null;
    return Object.fromEntries(
      (directive.arguments ?? []).map((node) => [node.name.value, valueFromASTUntyped(node.value)]),
    );
  };
  const weightIn = (directives: readonly ConstDirectiveNode[]): number | null => {
    const weight = argumentsOf(directives, 'cost')?.['weight'];
    return weight === undefined ? null : Number(weight);
  };
  const listSizeIn = (directives: readonly ConstDirectiveNode[]): ListSize | null =>
    listSizeOf(argumentsOf(directives, 'listSize'));
  const types = new Map<string, number>();
  const inputs = new Map<string, number>();
  const fields = new Map<string, FieldCost>();
  const interfacesOf = new Map<string, string[]>();
  const implementationsOf = new Map<string, string[]>();
  for (const node of document.definitions) {
    if (!('directives' in node) || !('name' in node)) continue;
    const name = node.name.value;
    const weight = weightIn((node.directives ?? []) as readonly ConstDirectiveNode[]);
    if (weight !== null) types.set(name, weight);
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const field of node.fields ?? []) {
        const own = weightIn(field.directives ?? []);
        if (own !== null) inputs.set(`${name}.${field.name.value}`, own);
      }
    }
    if (!hasFields(node)) continue;
    const parents = (node.interfaces ?? []).map((parent) => parent.name.value);
    interfacesOf.set(name, parents);
    for (const parent of parents) {
      implementationsOf.set(parent, [...(implementationsOf.get(parent) ?? []), name]);
    }
    for (const field of node.fields ?? []) {
      fields.set(`${name}.${field.name.value}`, {
        weight: weightIn(field.directives ?? []),
        listSize: listSizeIn(field.directives ?? []),
        argumentWeights: new Map(
          (field.arguments ?? []).flatMap((argument) => {
            const own = weightIn(argument.directives ?? []);
            return own === null ? [] : [[argument.name.value, own] as const];
          }),
        ),
      });
    }
  }

  /** A field's own statement; its size is the interface's where only that states one. */
  const statedOf = (typeName: string, field: string): FieldCost | null => {
    const own = fields.get(`${typeName}.${field}`);
    if (!own || own.listSize) return own ?? null;
    for (const parent of interfacesOf.get(typeName) ?? []) {
      const inherited = fields.get(`${parent}.${field}`)?.listSize;
      if (inherited) return { ...own, listSize: inherited };
    }
    return own;
  };

  const known = new Map<string, readonly FieldCost[]>();
  return {
    weightOf: (typeName) => types.get(typeName),
    inputWeightOf: (typeName, field) => inputs.get(`${typeName}.${field}`),
    fieldCosts: (typeName, field) => {
      const key = `${typeName}.${field}`;
      let costs = known.get(key);
      if (!costs) {
        const behind = [typeName, ...(implementationsOf.get(typeName) ?? [])];
        const stated = behind.flatMap((name) => statedOf(name, field) ?? []);
        known.set(key, (costs = stated.length > 0 ? stated : [nothingStated]));
      }
      return costs;
    },
  };
}

function hasFields(
  node: DefinitionNode,
): node is Extract<
  DefinitionNode,
  { kind: typeof Kind.OBJECT_TYPE_DEFINITION | typeof Kind.INTERFACE_TYPE_DEFINITION }
> {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function listSizeOf(args: Record<string, unknown> | null): ListSize | null {
  if (!args) return null;
  return {
    assumedSize: typeof args['assumedSize'] === 'number' ? args['assumedSize'] : null,
    slicingArguments: (args['slicingArguments'] ?? []) as string[],
    sizedFields: (args['sizedFields'] ?? []) as string[],
    requiresOneSlicingArgument: args['requireOneSlicingArgument'] !== false,
  };
}
