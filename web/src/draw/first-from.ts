/** Index of the first item whose place is `at` or later, in items ordered by place; their number when there is none. */
export function firstFrom<Item>(items: readonly Item[], at: number, placeOf: (item: Item) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && placeOf(item) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
