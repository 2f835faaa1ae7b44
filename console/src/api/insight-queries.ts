/** What only this server tells about an execution. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callOwn } from "./call.ts";
import type { ExecutionDescription } from "./operations.ts";
import type { ForkInput } from "./own-operations.ts";
import { queryKeys } from "./query-keys.ts";

/** `eventId` undefined: it is not asked for. The answer of before stays until the next one is there. */
export function useSnapshot(executionArn: string, eventId: number | undefined) {
  return useQuery({
    queryKey: queryKeys.snapshot(executionArn, eventId),
    queryFn: ({ signal }) =>
      callOwn("GetExecutionSnapshot", { executionArn, eventId: eventId! }, signal),
    enabled: eventId !== undefined,
    // The past does not change.
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

/** `lastEventId`: of what is known of the execution; while a state runs its flow grows. */
export function useDataFlow(executionArn: string, eventId: number, lastEventId: number) {
  return useQuery({
    queryKey: [...queryKeys.dataFlow(executionArn, eventId), lastEventId],
    queryFn: ({ signal }) => callOwn("GetStateDataFlow", { executionArn, eventId }, signal),
    staleTime: Infinity,
    placeholderData: (previous) => (previous?.enteredEventId === eventId ? previous : undefined),
  });
}

/** Why an execution that did not succeed ended so. */
export function useExplanation({ executionArn, status, stopDate }: ExecutionDescription) {
  return useQuery({
    queryKey: queryKeys.explanation(executionArn, stopDate),
    queryFn: ({ signal }) => callOwn("ExplainExecution", { executionArn }, signal),
    enabled: status !== "RUNNING" && status !== "SUCCEEDED",
    staleTime: Infinity,
  });
}

export function useComparison(executionArn: string, otherExecutionArn: string | undefined) {
  return useQuery({
    queryKey: queryKeys.comparison(executionArn, otherExecutionArn),
    queryFn: ({ signal }) =>
      callOwn("CompareExecutions", { executionArn, otherExecutionArn: otherExecutionArn! }, signal),
    enabled: otherExecutionArn !== undefined,
  });
}

export function useOrigin(executionArn: string) {
  return useQuery({
    queryKey: queryKeys.origin(executionArn),
    queryFn: ({ signal }) => callOwn("GetExecutionOrigin", { executionArn }, signal),
    staleTime: Infinity,
  });
}

export function useForkExecution() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ForkInput) => callOwn("ForkExecution", input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.executionLists }),
  });
}
