/** Cuts batches into requests that a service takes. */

/** Runs of items with at most `maxItems` and `maxBytes` each; an item too big has a run of its own. */
export function chunks<Item>(
  items: readonly Item[],
  bytesOf: (item: Item) => number,
  limits: { readonly maxItems: number; readonly maxBytes: number },
): Item[][] {
  const runs: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(item);
    const run = runs.at(-1);
    if (run !== undefined && run.length < limits.maxItems && bytes + size <= limits.maxBytes) {
      run.push(item);
      bytes += size;
    } else {
      runs.push([item]);
      bytes = size;
    }
  }
  return runs;
}
