import type { HistoryEvent } from "../../interpreter/history.ts";
import { checkArn } from "../arn.ts";
import { errors } from "../errors.ts";
import { historyEventOutput } from "../history-event-output.ts";
import { arn, pageSize, pageToken } from "../model.ts";
import { operation } from "../operation.ts";
import type { ApiContext } from "../operation.ts";
import type { PageRequest } from "../paging.ts";
import { pageLength } from "../paging.ts";
import { boolean, optional, required } from "../shapes.ts";

export const getExecutionHistory = operation(
  "GetExecutionHistory",
  {
    executionArn: required(arn),
    maxResults: optional(pageSize),
    reverseOrder: optional(boolean),
    nextToken: optional(pageToken),
    includeExecutionData: optional(boolean),
  },
  async (input, context) => {
    checkArn(input.executionArn, "execution");
    const { executionArn, nextToken } = input;
    const reverse = input.reverseOrder ?? false;
    const withData = input.includeExecutionData ?? true;
    const request: PageRequest = ["GetExecutionHistory", executionArn, reverse, withData];
    const [shown] = nextToken === undefined ? [] : context.paging.read(request, nextToken);
    const limit = pageLength(input.maxResults);
    const page = await readPage(context, executionArn, { reverse, limit, shown });
    if (page === undefined) throw errors.executionDoesNotExist(executionArn);
    const last = page.events.at(-1);
    const isMore = last !== undefined && (reverse ? last.id > 1 : last.id < page.lastId);
    return {
      events: page.events.map((event) => historyEventOutput(event, withData)),
      nextToken: isMore ? context.paging.issue(request, [last.id]) : undefined,
    };
  },
);

/** `shown`: id of the last event that was shown before; undefined = none. */
async function readPage(
  context: ApiContext,
  executionArn: string,
  page: { readonly reverse: boolean; readonly limit: number; readonly shown: number | undefined },
): Promise<{ events: readonly HistoryEvent[]; lastId: number } | undefined> {
  const { reverse, limit, shown } = page;
  if (!reverse || shown === undefined) {
    return context.engine.history(executionArn, { afterId: shown ?? 0, limit, reverse });
  }
  // Read forward: counting from the end would shift while the execution goes on.
  const afterId = Math.max(0, shown - 1 - limit);
  const result = await context.engine.history(executionArn, {
    afterId,
    limit: Math.max(1, shown - 1 - afterId),
    reverse: false,
  });
  return result && { events: result.events.toReversed(), lastId: result.lastId };
}
