/** Reading and changing executions. */
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from "@tanstack/react-query";
import { call } from "./call.ts";
import type { ExecutionStatus, Input } from "./operations.ts";
import { queryKeys } from "./query-keys.ts";

/** Executions that are read at once. */
const PAGE = 100;

/** Newest first, page by page. `arn`: a state machine, a version or an alias. */
export function useExecutions(arn: string, statusFilter: ExecutionStatus | undefined) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.executions(arn), statusFilter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: nextToken, signal }) =>
      call(
        "ListExecutions",
        { stateMachineArn: arn, statusFilter, maxResults: PAGE, nextToken },
        signal,
      ),
    getNextPageParam: ({ nextToken }) => nextToken,
  });
}

export function useExecution(executionArn: string) {
  return useQuery({
    queryKey: queryKeys.execution(executionArn),
    queryFn: ({ signal }) => call("DescribeExecution", { executionArn }, signal),
  });
}

/** The definition that an execution runs, which may be older than the state machine's. */
export function useExecutionDefinition(executionArn: string) {
  return useQuery({
    queryKey: queryKeys.executionDefinition(executionArn),
    queryFn: ({ signal }) => call("DescribeStateMachineForExecution", { executionArn }, signal),
    staleTime: Infinity,
  });
}

export function useStartExecution() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<"StartExecution">) => call("StartExecution", input),
    onSuccess: () => refreshExecutions(client),
  });
}

/** Runs an EXPRESS state machine to its end. */
export function useStartSyncExecution() {
  return useMutation({
    mutationFn: (input: Input<"StartSyncExecution">) => call("StartSyncExecution", input),
  });
}

export function useStopExecution() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<"StopExecution">) => call("StopExecution", input),
    onSuccess: () => refreshExecutions(client),
  });
}

export function useRedriveExecution() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<"RedriveExecution">) => call("RedriveExecution", input),
    onSuccess: () => refreshExecutions(client),
  });
}

async function refreshExecutions(client: QueryClient): Promise<void> {
  await Promise.all(
    [queryKeys.executionLists, queryKeys.executionCounts, queryKeys.executionDescriptions].map(
      (queryKey) => client.invalidateQueries({ queryKey }),
    ),
  );
}
