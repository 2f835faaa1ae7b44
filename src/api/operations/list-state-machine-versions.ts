import { findMachine, refuseLabel } from "../arn.ts";
import { arn, pageSize, pageToken } from "../model.ts";
import { operation } from "../operation.ts";
import type { PageRequest } from "../paging.ts";
import { pageLength } from "../paging.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** Newest first. */
export const listStateMachineVersions = operation(
  "ListStateMachineVersions",
  {
    stateMachineArn: required(arn),
    nextToken: optional(pageToken),
    maxResults: optional(pageSize),
  },
  async (input, context) => {
    refuseLabel(input.stateMachineArn);
    const machine = findMachine(context, input.stateMachineArn);
    const request: PageRequest = ["ListStateMachineVersions", machine.arn];
    const [before = Infinity] =
      input.nextToken === undefined ? [] : context.paging.read(request, input.nextToken);
    const rest = context.catalog.machines
      .versions(machine)
      .filter(({ number }) => number < before)
      .toReversed();
    const page = rest.slice(0, pageLength(input.maxResults));
    return {
      stateMachineVersions: page.map((version) => ({
        stateMachineVersionArn: version.arn,
        creationDate: seconds(version.createdAt),
      })),
      nextToken:
        rest.length > page.length
          ? context.paging.issue(request, [page.at(-1)!.number])
          : undefined,
    };
  },
);
