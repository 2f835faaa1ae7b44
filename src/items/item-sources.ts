/** The items that distributed Maps read from files, in folders or in S3. */
import type { Buckets } from "../buckets/buckets.ts";
import type { ItemSources } from "../engine/ports.ts";
import { Dataset } from "./dataset.ts";
import { PagedItems } from "./paged-items.ts";

export function createItemSources({ buckets }: { readonly buckets: Buckets }): ItemSources {
  return {
    open(query) {
      const dataset = new Dataset(query, buckets);
      return new PagedItems((signal) => dataset.items(signal), query.maxItems);
    },
  };
}
