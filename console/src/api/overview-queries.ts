/** How the executions of the server do. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { callOwn } from "./call.ts";
import { queryKeys } from "./query-keys.ts";

const REFRESH_MS = 5_000;

/** `hours`: how far back. */
export function useOverview(hours: number) {
  return useQuery({
    queryKey: queryKeys.overview(hours),
    queryFn: ({ signal }) => callOwn("GetOverview", { hours }, signal),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
}
