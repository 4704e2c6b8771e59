/**
 * The number of letters to insert, delete, replace or swap with their neighbor to turn one word into another (optimal
 * string alignment).
 */
export function editDistance(from: string, to: string): number {
  const [source, target] = [Array.from(from), Array.from(to)];
  let before: number[] = [];
  let previous = Array.from({ length: target.length + 1 }, (_, column) => column);
  for (const [row, letter] of source.entries()) {
    const current = [row + 1];
    for (const [column, other] of target.entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      const inserted = (current[column] ?? 0) + 1;
      const deleted = (previous[column + 1] ?? 0) + 1;
      const isSwap = letter === target[column - 1] && other === source[row - 1];
      const swapped = isSwap ? (before[column - 1] ?? 0) + 1 : Infinity;
      current.push(Math.min(replaced, inserted, deleted, swapped));
    }
    before = previous;
    previous = current;
  }
  return previous[target.length] ?? 0;
}
