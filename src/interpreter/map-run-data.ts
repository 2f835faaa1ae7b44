/** Where a distributed Map reads and writes, put together from what was evaluated and the definition. */
import type { MapState } from "../asl/definition.ts";
import type { JsonObject } from "../json/json.ts";
import type { ReaderFields } from "./event.ts";
import type { ExecutionInfo } from "./execution.ts";
import type { ItemQuery, ResultTarget } from "./map-data.ts";
import { mapRunArn } from "./map-run.ts";
import type { ExportPlace, MapRun } from "./map-run.ts";

/** Undefined: the items are not read from anywhere. */
export function itemQuery(
  { itemReader }: MapState,
  fields: ReaderFields | undefined,
): ItemQuery | undefined {
  if (itemReader === undefined || fields === undefined) return undefined;
  const { resource, parameters: _, maxItems: __, ...config } = itemReader;
  const operation = resource.endsWith(":listObjectsV2") ? "listObjectsV2" : "getObject";
  return { operation, ...config, parameters: fields.parameters, maxItems: fields.maxItems };
}

/** Undefined: nothing is exported. A bucket that is no text is "". */
export function exportPlace(parameters: JsonObject | undefined): ExportPlace | undefined {
  if (parameters === undefined) return undefined;
  const { Bucket: bucket, Prefix: prefix } = parameters;
  return { bucket: textOf(bucket), prefix: textOf(prefix) };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Undefined: nothing is exported. */
export function resultTarget(
  info: ExecutionInfo,
  run: MapRun,
  { resultWriter }: MapState,
): ResultTarget | undefined {
  if (run.place === undefined) return undefined;
  return {
    ...run.place,
    outputType: resultWriter?.outputType ?? "JSON",
    transformation: resultWriter?.transformation ?? "NONE",
    mapRunArn: mapRunArn(info, run),
    uuid: run.uuid,
    redriveCount: run.redriveCount,
  };
}
