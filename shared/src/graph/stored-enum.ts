/** The value of the API's enums for stored values that this version does not know. */
export type UnknownValue = 'OTHER';

/**
 * Creates a function from stored values to an enum of the API. `values` does not compile unless it has every value that
 * this version writes. Values of older and newer versions become OTHER, so that they do not fail the read.
 */
export function storedEnum<Stored extends string, Value extends string>(
  values: Readonly<Record<Stored, Value>>,
): (stored: string) => Value | UnknownValue {
  const known = new Map<string, Value>(Object.entries<Value>(values));
  return (stored) => known.get(stored) ?? 'OTHER';
}
