/** Reading and changing Map Runs. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call.ts";
import type { ExecutionStatus, Input, MapRunDescription } from "./operations.ts";
import { queryKeys } from "./query-keys.ts";

/** Children that are read at once. */
const PAGE = 100;
/** Milliseconds; children are not told of one by one. */
const REFRESH_MS = 1_000;

export function useMapRun(mapRunArn: string) {
  return useQuery({
    queryKey: queryKeys.mapRun(mapRunArn),
    queryFn: ({ signal }) => call("DescribeMapRun", { mapRunArn }, signal),
    refetchInterval: ({ state }) => (state.data?.status === "RUNNING" ? REFRESH_MS : false),
  });
}

/** Map Runs of an execution, newest first. */
export function useMapRuns(executionArn: string) {
  return useQuery({
    queryKey: queryKeys.mapRuns(executionArn),
    queryFn: ({ signal }) => call("ListMapRuns", { executionArn, maxResults: PAGE }, signal),
  });
}

/** Newest first, page by page. */
export function useMapRunChildren(
  { mapRunArn, status }: MapRunDescription,
  statusFilter: ExecutionStatus | undefined,
) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.mapRunChildren(mapRunArn), statusFilter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: nextToken, signal }) =>
      call("ListExecutions", { mapRunArn, statusFilter, maxResults: PAGE, nextToken }, signal),
    getNextPageParam: ({ nextToken }) => nextToken,
    refetchInterval: status === "RUNNING" ? REFRESH_MS * 2 : false,
  });
}

export function useUpdateMapRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<"UpdateMapRun">) => call("UpdateMapRun", input),
    onSuccess: (_, { mapRunArn }) =>
      client.invalidateQueries({ queryKey: queryKeys.mapRun(mapRunArn) }),
  });
}
