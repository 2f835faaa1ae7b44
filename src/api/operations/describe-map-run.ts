import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { showCounts, showMapRun, showPercentage } from "../map-run-output.ts";
import { longArn } from "../model.ts";
import { operation } from "../operation.ts";
import { required } from "../shapes.ts";
import { seconds } from "../time.ts";

export const describeMapRun = operation(
  "DescribeMapRun",
  { mapRunArn: required(longArn) },
  async ({ mapRunArn }, context) => {
    checkArn(mapRunArn, "mapRun");
    const run = await context.engine.mapRuns.describe(mapRunArn);
    if (run === undefined) throw errors.resourceNotFound(mapRunArn);
    const { settings } = run;
    return {
      ...showMapRun(run),
      status: run.status,
      maxConcurrency: settings.maxConcurrency,
      toleratedFailurePercentage: showPercentage(settings.toleratedFailurePercentage ?? 0),
      toleratedFailureCount: settings.toleratedFailureCount ?? 0,
      itemCounts: showCounts(run.itemCounts, run),
      executionCounts: showCounts(run.executionCounts, run),
      redriveCount: run.redriveCount === 0 ? undefined : run.redriveCount,
      redriveDate: run.redrivenAt === undefined ? undefined : seconds(run.redrivenAt),
    };
  },
);
