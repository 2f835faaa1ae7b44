import { pageSize, pageToken } from "../model.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { optional } from "../shapes.ts";
import { seconds } from "../time.ts";

export const listStateMachines = operation(
  "ListStateMachines",
  { maxResults: optional(pageSize), nextToken: optional(pageToken) },
  async (input, context) => {
    const machines = context.catalog.machines.list();
    const { items, nextToken } = pageOf(machines, context.paging, ["ListStateMachines"], input);
    return {
      stateMachines: items.map((machine) => ({
        stateMachineArn: machine.arn,
        name: machine.name,
        type: machine.type,
        creationDate: seconds(machine.createdAt),
      })),
      nextToken,
    };
  },
);
