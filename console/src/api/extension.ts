/** The server's own paths under `/api/`; docs/extension-api.md describes them. */
import { failureOf, networkFailure } from "./api-failure.ts";
import type { ExecutionStatus, HistoryEvent } from "./operations.ts";

export interface ExecutionCounts {
  /** By state machine ARN, then by status. */
  readonly counts: Readonly<Record<string, Partial<Readonly<Record<ExecutionStatus, number>>>>>;
  /** A count as high as this means "so many or more". */
  readonly maxCount: number;
}

export function executionCounts(
  stateMachineArns: readonly string[],
  signal?: AbortSignal,
): Promise<ExecutionCounts> {
  const query = new URLSearchParams(stateMachineArns.map((arn) => ["stateMachineArn", arn]));
  return get(`/api/execution-counts?${query.toString()}`, signal);
}

export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  readonly lastEventId: number;
}

export interface HistoryRequest {
  readonly executionArn: string;
  /** 0: from the first event on. */
  readonly afterEventId: number;
  readonly maxResults: number;
  readonly includeExecutionData: boolean;
}

export function executionHistory(
  { executionArn, afterEventId, maxResults, includeExecutionData }: HistoryRequest,
  signal?: AbortSignal,
): Promise<HistoryPage> {
  const query = new URLSearchParams({
    executionArn,
    afterEventId: String(afterEventId),
    maxResults: String(maxResults),
    includeExecutionData: String(includeExecutionData),
  });
  return get(`/api/execution-history?${query.toString()}`, signal);
}

async function get<Answer>(path: string, signal: AbortSignal | undefined): Promise<Answer> {
  const response = await fetch(path, { signal: signal ?? null }).catch((error: unknown) =>
    Promise.reject(networkFailure(error)),
  );
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as Answer;
}
