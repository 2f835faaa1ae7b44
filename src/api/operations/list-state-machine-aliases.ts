import { findTarget, refuseLabel } from "../arn.ts";
import { errors } from "../errors.ts";
import { arn, pageSize, pageToken } from "../model.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { optional, required } from "../shapes.ts";
import { seconds } from "../time.ts";

/** In order of creation; of a version those that refer to it. */
export const listStateMachineAliases = operation(
  "ListStateMachineAliases",
  {
    stateMachineArn: required(arn),
    nextToken: optional(pageToken),
    maxResults: optional(pageSize),
  },
  async (input, context) => {
    const { stateMachineArn } = input;
    refuseLabel(stateMachineArn);
    const { machine, version, alias } = findTarget(context, stateMachineArn);
    if (alias !== undefined) {
      throw errors.validation(
        `stateMachineArn must be that of a state machine or of a version: ${stateMachineArn}`,
      );
    }
    const all = context.catalog.aliases.list(machine);
    const wanted =
      version === undefined
        ? all
        : all.filter(({ routes }) => routes.some(({ versionArn }) => versionArn === version.arn));
    const request = ["ListStateMachineAliases", stateMachineArn];
    const { items, nextToken } = pageOf(wanted, context.paging, request, input);
    return {
      stateMachineAliases: items.map((item) => ({
        stateMachineAliasArn: item.arn,
        creationDate: seconds(item.createdAt),
      })),
      nextToken,
    };
  },
);
