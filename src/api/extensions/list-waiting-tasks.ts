import type { ExecutionInsight } from "../../engine/execution-insight.ts";
import { operation } from "../operation.ts";
import type { Operation } from "../operation.ts";
import type { PageRequest } from "../paging.ts";
import { pageToken } from "../model.ts";
import { optional } from "../shapes.ts";
import { seconds } from "../time.ts";

const REQUEST: PageRequest = ["ListWaitingTasks"];

/** Callbacks and activities that wait for an answer, oldest executions first. */
export const listWaitingTasks = (insight: ExecutionInsight): Operation =>
  operation(
    "Stepwell.ListWaitingTasks",
    { nextToken: optional(pageToken) },
    async ({ nextToken }, context) => {
      const [after] = nextToken === undefined ? [] : context.paging.read(REQUEST, nextToken);
      const { tasks, next } = await insight.waitingTasks.list(after ?? 0);
      return {
        tasks: tasks.map(({ waitsSince, ...task }) => ({
          ...task,
          waitingDate: seconds(waitsSince),
        })),
        nextToken: next === undefined ? undefined : context.paging.issue(REQUEST, [next]),
      };
    },
  );
