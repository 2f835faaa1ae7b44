/** Where distributed Maps read their items from and write their results to. */
import { stat } from "node:fs/promises";
import { createBuckets } from "../buckets/buckets.ts";
import type { ItemSources, ResultWriters } from "../engine/ports.ts";
import { createItemSources } from "../items/item-sources.ts";
import { createResultWriters } from "../results/result-writers.ts";
import { CommandError } from "./command-error.ts";

export interface MapData {
  readonly itemSources: ItemSources;
  readonly resultWriters: ResultWriters;
}

/** `s3Dir` is the option `--s3-dir`. Throws CommandError if there is no such folder. */
export async function openMapData(
  s3Dir: string | undefined,
  environment: NodeJS.ProcessEnv,
  region: string,
): Promise<MapData> {
  if (s3Dir !== undefined) {
    const info = await stat(s3Dir).catch(() => undefined);
    if (info?.isDirectory() !== true) {
      throw new CommandError(
        `--s3-dir: ${s3Dir} is not a folder; give the folder whose sub-folders are your buckets`,
        2,
      );
    }
  }
  const buckets = createBuckets({ directory: s3Dir, environment, region });
  return {
    itemSources: createItemSources({ buckets }),
    resultWriters: createResultWriters({ buckets }),
  };
}
