/** How many characters a text has, counted in Unicode code points. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}
