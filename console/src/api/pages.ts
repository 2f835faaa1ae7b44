/** Lists that come in pages. */

/** Pages that are read at most: a list of 20,000 is not read by people. */
const MAX_PAGES = 20;

export interface WholeList<Item> {
  readonly items: readonly Item[];
  /** False: there are more than were read. */
  readonly isComplete: boolean;
}

/** Reads page after page, at most MAX_PAGES. `read` gets the token of the next one. */
export async function allPages<Item>(
  read: (nextToken: string | undefined) => Promise<{
    readonly items: readonly Item[];
    readonly nextToken: string | undefined;
  }>,
): Promise<WholeList<Item>> {
  const items: Item[] = [];
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await read(token);
    items.push(...answer.items);
    token = answer.nextToken;
    if (token === undefined) return { items, isComplete: true };
  }
  return { items, isComplete: false };
}
