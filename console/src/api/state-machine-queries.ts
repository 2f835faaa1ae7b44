/** Reading and changing state machines. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call.ts";
import { executionCounts } from "./extension.ts";
import type { Input } from "./operations.ts";
import { allPages } from "./pages.ts";
import { queryKeys } from "./query-keys.ts";

const PAGE = 1_000;
/** State machines that `/api/execution-counts` takes at once. */
const MAX_COUNTED = 100;

export function useStateMachines() {
  return useQuery({
    queryKey: queryKeys.stateMachines,
    queryFn: ({ signal }) =>
      allPages(async (nextToken) => {
        const input = { maxResults: PAGE, nextToken };
        const { stateMachines, ...rest } = await call("ListStateMachines", input, signal);
        return { items: stateMachines, nextToken: rest.nextToken };
      }),
  });
}

/** Counts of the executions of the state machines that are in sight. */
export function useExecutionCounts(stateMachineArns: readonly string[]) {
  const arns = stateMachineArns.slice(0, MAX_COUNTED);
  return useQuery({
    queryKey: [...queryKeys.executionCounts, ...arns],
    queryFn: ({ signal }) => executionCounts(arns, signal),
    enabled: arns.length > 0,
    placeholderData: (previous) => previous,
  });
}

/** `arn` may be that of a version or an alias. */
export function useStateMachine(arn: string) {
  return useQuery({
    queryKey: queryKeys.stateMachine(arn),
    queryFn: ({ signal }) => call("DescribeStateMachine", { stateMachineArn: arn }, signal),
  });
}

export function useVersions(stateMachineArn: string) {
  return useQuery({
    queryKey: queryKeys.versions(stateMachineArn),
    queryFn: ({ signal }) =>
      allPages(async (nextToken) => {
        const input = { stateMachineArn, maxResults: PAGE, nextToken };
        const answer = await call("ListStateMachineVersions", input, signal);
        return { items: answer.stateMachineVersions, nextToken: answer.nextToken };
      }),
  });
}

export function useAliases(stateMachineArn: string) {
  return useQuery({
    queryKey: queryKeys.aliases(stateMachineArn),
    queryFn: ({ signal }) =>
      allPages(async (nextToken) => {
        const input = { stateMachineArn, maxResults: PAGE, nextToken };
        const answer = await call("ListStateMachineAliases", input, signal);
        return { items: answer.stateMachineAliases, nextToken: answer.nextToken };
      }),
  });
}

export function useAlias(stateMachineAliasArn: string) {
  return useQuery({
    queryKey: queryKeys.alias(stateMachineAliasArn),
    queryFn: ({ signal }) => call("DescribeStateMachineAlias", { stateMachineAliasArn }, signal),
  });
}

export function useTags(resourceArn: string) {
  return useQuery({
    queryKey: queryKeys.tags(resourceArn),
    queryFn: ({ signal }) => call("ListTagsForResource", { resourceArn }, signal),
  });
}

export function useCreateStateMachine() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<"CreateStateMachine">) => call("CreateStateMachine", input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.catalog }),
  });
}

export function useUpdateStateMachine() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<"UpdateStateMachine">) => call("UpdateStateMachine", input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.catalog }),
  });
}

export function usePublishVersion() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<"PublishStateMachineVersion">) =>
      call("PublishStateMachineVersion", input),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.catalog }),
  });
}

export function useDeleteStateMachines() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (arns: readonly string[]) => {
      for (const stateMachineArn of arns) await call("DeleteStateMachine", { stateMachineArn });
    },
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.catalog }),
  });
}
