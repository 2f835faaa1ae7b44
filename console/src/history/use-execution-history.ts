/** The history of an execution, growing while it runs. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { useLive } from "../live/live-provider.tsx";
import { ExecutionHistory, type HistorySnapshot } from "./execution-history.ts";

export interface FollowedHistory extends HistorySnapshot {
  readonly reload: () => void;
}

/** Call it in a component that is keyed by the ARN. */
export function useExecutionHistory(executionArn: string): FollowedHistory {
  const { watch } = useLive();
  const [history] = useState(() => new ExecutionHistory(executionArn));
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let stop: (() => void) | undefined;
    void history.load(signal).then(() => {
      if (signal.aborted || !history.snapshot.isLoaded) return;
      stop = watch({
        executionArn,
        includeExecutionData: history.wantsPayloads,
        lastEventId: () => history.lastEventId,
        happened: (events) => {
          if (!history.append(events)) void history.load(signal);
        },
      });
    });
    return () => {
      controller.abort();
      stop?.();
    };
  }, [history, executionArn, watch, attempt]);
  const snapshot = useSyncExternalStore(
    (listener) => history.subscribe(listener),
    () => history.snapshot,
  );
  return { ...snapshot, reload: () => setAttempt((before) => before + 1) };
}
