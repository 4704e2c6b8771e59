/** Returns the item of a list of one. @throws Error if the list has none or several */
export function singleItem<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (items.length !== 1 || item === undefined) throw new Error(`Expected one item, got ${items.length}.`);
  return item;
}
