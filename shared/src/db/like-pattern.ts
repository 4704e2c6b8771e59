/** A pattern for LIKE that matches texts with `part` in them, in lower case. Its own wildcards are literal. */
export function containsPattern(part: string): string {
  return `%${part.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
