/** Reading and changing activities. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call.ts";
import { allPages } from "./pages.ts";
import { queryKeys } from "./query-keys.ts";

const PAGE = 1_000;

export function useActivities() {
  return useQuery({
    queryKey: queryKeys.activities,
    queryFn: ({ signal }) =>
      allPages(async (nextToken) => {
        const { activities, ...rest } = await call(
          "ListActivities",
          { maxResults: PAGE, nextToken },
          signal,
        );
        return { items: activities, nextToken: rest.nextToken };
      }),
  });
}

export function useCreateActivity() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call("CreateActivity", { name }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.activities }),
  });
}

export function useDeleteActivities() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (arns: readonly string[]) => {
      for (const activityArn of arns) await call("DeleteActivity", { activityArn });
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.activities }),
  });
}
