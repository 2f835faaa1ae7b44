/** The names under which answers are cached; a live update makes those that it concerns stale. */
import type { QueryKey } from "@tanstack/react-query";

export const queryKeys = {
  /** Everything that is not an execution. */
  catalog: ["catalog"] as QueryKey,
  stateMachines: ["catalog", "stateMachines"] as QueryKey,
  stateMachine: (arn: string): QueryKey => ["catalog", "stateMachine", arn],
  versions: (arn: string): QueryKey => ["catalog", "versions", arn],
  aliases: (arn: string): QueryKey => ["catalog", "aliases", arn],
  alias: (arn: string): QueryKey => ["catalog", "alias", arn],
  tags: (arn: string): QueryKey => ["catalog", "tags", arn],
  activities: ["catalog", "activities"] as QueryKey,
  /** Counts of all state machines. */
  executionCounts: ["executionCounts"] as QueryKey,
  executionLists: ["executions"] as QueryKey,
  executions: (stateMachineArn: string): QueryKey => ["executions", stateMachineArn],
  executionDescriptions: ["execution"] as QueryKey,
  execution: (arn: string): QueryKey => ["execution", arn],
  event: (executionArn: string, id: number): QueryKey => ["event", executionArn, id],
  /** Never changes but by a redrive of another revision, which there is not. */
  executionDefinition: (arn: string): QueryKey => ["executionDefinition", arn],
  /** Asked for again and again while somebody looks. */
  waitingTasks: ["waitingTasks"] as QueryKey,
  overview: (hours: number): QueryKey => ["overview", hours],
  mapRun: (mapRunArn: string): QueryKey => ["execution", "mapRun", mapRunArn],
  mapRuns: (executionArn: string): QueryKey => ["execution", executionArn, "mapRuns"],
  mapRunChildren: (mapRunArn: string): QueryKey => ["mapRunChildren", mapRunArn],
  /** What follows is about the past. */
  snapshot: (arn: string, eventId?: number): QueryKey => ["past", arn, "snapshot", eventId],
  dataFlow: (arn: string, eventId: number): QueryKey => ["past", arn, "dataFlow", eventId],
  origin: (arn: string): QueryKey => ["past", arn, "origin"],
  comparison: (arn: string, other?: string): QueryKey => ["past", arn, "comparison", other],
  /** A redriven execution ends again, at another time. */
  explanation: (arn: string, stopDate?: number): QueryKey => ["past", arn, "explanation", stopDate],
};
