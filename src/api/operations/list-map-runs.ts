import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { showMapRun } from "../map-run-output.ts";
import { arn, pageSize, pageToken } from "../model.ts";
import { operation } from "../operation.ts";
import { pageLength } from "../paging.ts";
import type { PageRequest } from "../paging.ts";
import { optional, required } from "../shapes.ts";

/** The Map Runs of an execution, in the order of their starts. */
export const listMapRuns = operation(
  "ListMapRuns",
  { executionArn: required(arn), maxResults: optional(pageSize), nextToken: optional(pageToken) },
  async ({ executionArn, maxResults, nextToken }, context) => {
    checkArn(executionArn, "execution");
    const runs = await context.engine.mapRuns.list(executionArn);
    if (runs === undefined) throw errors.executionDoesNotExist(executionArn);
    const request: PageRequest = ["ListMapRuns", executionArn];
    const [from = 0] = nextToken === undefined ? [] : context.paging.read(request, nextToken);
    const end = from + pageLength(maxResults);
    return {
      mapRuns: runs.slice(from, end).map((run) => ({
        ...showMapRun(run),
        stateMachineArn: run.stateMachineArn,
      })),
      nextToken: end < runs.length ? context.paging.issue(request, [end]) : undefined,
    };
  },
);
