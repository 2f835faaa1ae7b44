import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { longArn } from "../model.ts";
import { operation } from "../operation.ts";
import { integer, number, optional, required } from "../shapes.ts";

const MAX_INTEGER = 2 ** 31 - 1;

/** Only while it runs; what is not given stays as it is. */
export const updateMapRun = operation(
  "UpdateMapRun",
  {
    mapRunArn: required(longArn),
    maxConcurrency: optional(integer(0, MAX_INTEGER)),
    toleratedFailurePercentage: optional(number(0, 100)),
    toleratedFailureCount: optional(integer(0, MAX_INTEGER)),
  },
  async (input, context) => {
    const { mapRunArn, maxConcurrency, toleratedFailurePercentage, toleratedFailureCount } = input;
    checkArn(mapRunArn, "mapRun");
    const result = await context.engine.mapRuns.update(mapRunArn, {
      maxConcurrency,
      toleratedFailurePercentage,
      toleratedFailureCount,
    });
    if (result === undefined) throw errors.resourceNotFound(mapRunArn);
    if (result === "Completed") {
      const reason = "CANNOT_UPDATE_COMPLETED_MAP_RUN";
      throw errors.validation(`Map Run is not RUNNING and cannot be updated: ${mapRunArn}`, reason);
    }
    return {};
  },
);
