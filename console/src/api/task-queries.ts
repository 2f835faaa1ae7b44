/** Tasks that wait for somebody with their token. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, callOwn } from "./call.ts";
import type { Input } from "./operations.ts";
import { allPages } from "./pages.ts";
import { queryKeys } from "./query-keys.ts";

/** Milliseconds; the server tells of executions, not of their tasks. */
const REFRESH_MS = 3_000;

export function useWaitingTasks() {
  return useQuery({
    queryKey: queryKeys.waitingTasks,
    queryFn: ({ signal }) =>
      allPages(async (nextToken) => {
        const page = await callOwn("ListWaitingTasks", { nextToken }, signal);
        return { items: page.tasks, nextToken: page.nextToken };
      }),
    refetchInterval: REFRESH_MS,
  });
}

export function useSendTaskSuccess() {
  return useAnswer((input: Input<"SendTaskSuccess">) => call("SendTaskSuccess", input));
}

export function useSendTaskFailure() {
  return useAnswer((input: Input<"SendTaskFailure">) => call("SendTaskFailure", input));
}

export function useSendTaskHeartbeat() {
  return useAnswer((input: Input<"SendTaskHeartbeat">) => call("SendTaskHeartbeat", input));
}

function useAnswer<Answer, Given>(mutationFn: (input: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.waitingTasks }),
  });
}
