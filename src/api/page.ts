/** Pages of lists that are in memory in order of creation. */
import type { PageRequest, Paging } from "./paging.ts";
import { pageLength } from "./paging.ts";

/** What identifies an item's place: both grow along the list. */
export interface Placed {
  readonly createdAt: number;
  readonly id: number;
}

/**
 * The items behind the token's, and a token if there are more. The place is that of the last item
 * shown, so items that come or go between two calls are neither repeated nor skipped.
 */
export function pageOf<Item extends Placed>(
  items: Iterable<Item>,
  paging: Paging,
  request: PageRequest,
  page: { readonly maxResults: number | undefined; readonly nextToken: string | undefined },
): { readonly items: Item[]; readonly nextToken: string | undefined } {
  const length = pageLength(page.maxResults);
  const [afterTime = -1, afterId = -1] =
    page.nextToken === undefined ? [] : paging.read(request, page.nextToken);
  const found: Item[] = [];
  for (const item of items) {
    const isBehind =
      item.createdAt > afterTime || (item.createdAt === afterTime && item.id > afterId);
    if (!isBehind) continue;
    if (found.length === length) {
      const last = found[length - 1]!;
      return { items: found, nextToken: paging.issue(request, [last.createdAt, last.id]) };
    }
    found.push(item);
  }
  return { items: found, nextToken: undefined };
}
