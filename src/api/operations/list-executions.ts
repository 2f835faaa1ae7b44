import type { ExecutionSummary } from "../../engine/execution-service.ts";
import { checkArn, findDescribed } from "../arn.ts";
import type { Target } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, executionStatus, longArn, pageSize } from "../model.ts";
import { operation } from "../operation.ts";
import type { ApiContext, Output } from "../operation.ts";
import type { PageRequest } from "../paging.ts";
import { pageLength } from "../paging.ts";
import { oneOf, optional, string } from "../shapes.ts";
import type { ValueOf } from "../shapes.ts";
import { seconds } from "../time.ts";

/** Rounds of reading for one answer; a page may be short or empty and still have a token. */
const MAX_ROUNDS = 10;

/** Newest first; executions of a deleted state machine of the same name are not shown. */
export const listExecutions = operation(
  "ListExecutions",
  {
    stateMachineArn: optional(arn),
    statusFilter: optional(executionStatus),
    maxResults: optional(pageSize),
    nextToken: optional(string({ min: 1, max: 3_096 })),
    mapRunArn: optional(longArn),
    redriveFilter: optional(oneOf("REDRIVEN", "NOT_REDRIVEN")),
  },
  async (input, context) => {
    const { stateMachineArn, mapRunArn, statusFilter, redriveFilter, nextToken } = input;
    if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
      throw errors.validation("Must specify exactly one of stateMachineArn and mapRunArn");
    }
    if (stateMachineArn === undefined) {
      return listChildren(context, mapRunArn!, input);
    }
    const target = findDescribed(context, stateMachineArn);
    if (target.machine.type !== "STANDARD") throw errors.stateMachineTypeNotSupported();
    if (statusFilter === "PENDING_REDRIVE") {
      throw errors.validation("The statusFilter PENDING_REDRIVE needs a mapRunArn");
    }
    if (redriveFilter !== undefined) {
      const call = "ListExecutions call with StateMachine ARN";
      throw errors.validation(`RedriveFilter cannot be applied to ${call}`);
    }
    const request: PageRequest = ["ListExecutions", stateMachineArn, statusFilter];
    const [startedAt, id] = nextToken === undefined ? [] : context.paging.read(request, nextToken);
    const { found, more } = await collect(context, target, statusFilter, {
      limit: pageLength(input.maxResults),
      after: startedAt === undefined || id === undefined ? undefined : { startedAt, id },
    });
    return {
      executions: found.map((summary) => show(summary, target.machine.arn)),
      nextToken: more && context.paging.issue(request, [more.startedAt, more.id]),
    };
  },
);

interface ChildrenRequest {
  readonly statusFilter: ValueOf<typeof executionStatus> | undefined;
  readonly redriveFilter: "REDRIVEN" | "NOT_REDRIVEN" | undefined;
  readonly maxResults: number | undefined;
  readonly nextToken: string | undefined;
}

/** Child executions of a Map Run. */
async function listChildren(
  context: ApiContext,
  mapRunArn: string,
  { statusFilter, redriveFilter, maxResults, nextToken }: ChildrenRequest,
): Promise<Output> {
  checkArn(mapRunArn, "mapRun");
  const request: PageRequest = ["ListExecutions", mapRunArn, statusFilter, redriveFilter];
  const [startedAt, id] = nextToken === undefined ? [] : context.paging.read(request, nextToken);
  const page = await context.engine.mapRuns.children(mapRunArn, {
    status: statusFilter,
    isRedriven: redriveFilter === undefined ? undefined : redriveFilter === "REDRIVEN",
    after: startedAt === undefined || id === undefined ? undefined : { startedAt, id },
    limit: pageLength(maxResults),
  });
  if (page === undefined) throw errors.resourceNotFound(mapRunArn);
  const { children, more } = page;
  const run = mapRunArn.slice(0, mapRunArn.lastIndexOf(":"));
  const stateMachineArn = run.replace(":mapRun:", ":stateMachine:");
  return {
    executions: children.map((summary) => ({
      ...show(summary, stateMachineArn),
      mapRunArn,
      itemCount: summary.itemCount,
    })),
    nextToken: more && context.paging.issue(request, [more.startedAt, more.id]),
  };
}

type Place = Pick<ExecutionSummary, "startedAt" | "id">;

/** Up to `limit` executions, and the place to go on from if there may be more. */
async function collect(
  context: ApiContext,
  { machine, version, alias }: Target,
  status: Exclude<ValueOf<typeof executionStatus>, "PENDING_REDRIVE"> | undefined,
  page: { readonly limit: number; readonly after: Place | undefined },
): Promise<{ found: ExecutionSummary[]; more: Place | undefined }> {
  const found: ExecutionSummary[] = [];
  let { after } = page;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const limit = page.limit + 1;
    const batch = await context.engine.list({ machine, status, after, limit });
    for (const summary of batch) {
      if (summary.startedAt < machine.createdAt) return { found, more: undefined };
      const isWanted =
        alias === undefined
          ? version === undefined || summary.versionArn === version.arn
          : summary.aliasArn === alias.arn;
      if (isWanted && found.length === page.limit) return { found, more: after };
      if (isWanted) found.push(summary);
      after = summary;
    }
    if (batch.length < limit) return { found, more: undefined };
  }
  return { found, more: after };
}

function show(summary: ExecutionSummary, stateMachineArn: string): Output {
  const { stoppedAt, redrivenAt } = summary;
  return {
    executionArn: summary.executionArn,
    stateMachineArn,
    name: summary.name,
    status: summary.isPendingRedrive === true ? "PENDING_REDRIVE" : summary.status,
    startDate: seconds(summary.startedAt),
    stopDate: stoppedAt === undefined ? undefined : seconds(stoppedAt),
    stateMachineVersionArn: summary.versionArn,
    stateMachineAliasArn: summary.aliasArn,
    redriveCount: summary.redriveCount,
    redriveDate: redrivenAt === undefined ? undefined : seconds(redrivenAt),
  };
}
