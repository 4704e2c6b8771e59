import type { GraphQLField, GraphQLInputType } from 'graphql';
import { isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { CostDirectives, FieldCost } from './cost-directives.js';
import type { ArgumentValues } from './slices.js';

/** The cost of a field's arguments: 1 for each input object, and what @cost states. */
export function argumentCost(
  directives: CostDirectives,
  definition: GraphQLField<unknown, unknown>,
  stated: readonly FieldCost[],
  values: ArgumentValues,
): number {
  let cost = 0;
  for (const { name, type } of definition.args) {
    if (!values.has(name)) continue;
    const weights = stated.flatMap(({ argumentWeights }) => argumentWeights.get(name) ?? []);
    const weight = weights.length > 0 ? Math.max(...weights) : undefined;
    cost += inputCost(directives, values.get(name), type, weight);
  }
  return cost;
}

/** `weight` is what is stated of the argument or field; else the weight of its type counts. */
function inputCost(
  directives: CostDirectives,
  value: unknown,
  type: GraphQLInputType,
  weight: number | undefined,
): number {
  if (isNonNullType(type)) return inputCost(directives, value, type.ofType, weight);
  if (value === null || value === undefined) return weight ?? 0;
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce<number>(
      (sum, item) => sum + inputCost(directives, item, type.ofType, undefined),
      weight ?? 0,
    );
  }
  if (!isInputObjectType(type)) return weight ?? directives.weightOf(type.name) ?? 0;
  let cost = weight ?? directives.weightOf(type.name) ?? 1;
  const given = value as Readonly<Record<string, unknown>>;
  for (const field of Object.values(type.getFields())) {
    const part = Object.hasOwn(given, field.name) ? given[field.name] : field.defaultValue;
    if (part === undefined) continue;
    cost += inputCost(directives, part, field.type, directives.inputWeightOf(type.name, field.name));
  }
  return cost;
}
