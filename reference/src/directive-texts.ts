/** Arguments of `@listSize`. */
export interface ListSizeArguments {
  assumedSize?: number | null;
  slicingArguments?: readonly string[] | null;
  sizedFields?: readonly string[] | null;
}

/** The sentence of `@requiresScopes`: alternative lists of scopes. */
export function scopesText(scopes: readonly (readonly string[])[]): string {
  const alternatives = scopes.map((all) => all.map((scope) => `\`${scope}\``).join(' and '));
  return `Access: scope ${alternatives.join(', or ')}.`;
}

/** The sentence of `@listSize`: how many items the cost of an operation counts. */
export function listSizeText({ assumedSize, slicingArguments, sizedFields }: ListSizeArguments): string {
  const slices = codes(slicingArguments, ' or ');
  const fields = codes(sizedFields, ' and ');
  const items = assumedSize == null ? '' : `${assumedSize.toLocaleString('en-US')} items`;
  const counted =
    slices === '' ? items : `as many items as ${slices} says${items === '' ? '' : `, ${items} without it`}`;
  return `Cost: ${fields === '' ? 'counted as' : `${fields} are counted as`} ${counted}.`.replace(
    'as as',
    'as',
  );
}

function codes(names: readonly string[] | null | undefined, separator: string): string {
  return (names ?? []).map((name) => `\`${name}\``).join(separator);
}

/** The sentence of `@cacheControl`, or null where nothing is cached. */
export function cacheText(maxAge: number | null | undefined): string | null {
  return maxAge ? `Cache: up to ${maxAge} seconds for anonymous callers.` : null;
}
