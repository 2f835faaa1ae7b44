/** Which moment of an execution is looked at: now, or right after one of its events. */
import { useCallback, useEffect, useMemo, useState } from "react";
import type { HistoryEvent } from "../../api/operations.ts";
import type { HistorySnapshot } from "../../history/execution-history.ts";
import { nextMoment } from "../../history/moments.ts";
import { PastRuns } from "../../history/past-runs.ts";
import type { StateRun } from "../../history/state-run.ts";
import type { StateRuns } from "../../history/state-runs.ts";

export interface Moment {
  /** Undefined: now. */
  readonly eventId: number | undefined;
  /** Of the newest event that counts; 0: there is none yet. */
  readonly lastEventId: number;
  /** Epoch seconds; undefined: now. */
  readonly at: number | undefined;
  /** A new list whenever something in it has changed. */
  readonly runs: readonly StateRun[];
  /** Which run an event belongs to, of all events. */
  readonly runOf: StateRuns["runOf"];
  readonly events: readonly HistoryEvent[];
  readonly isLoaded: boolean;
  readonly isPlaying: boolean;
  /** Undefined: back to now. */
  readonly go: (eventId: number | undefined) => void;
  readonly step: (by: "event" | "state", direction: 1 | -1) => void;
  readonly play: (isPlaying: boolean) => void;
}

/** Milliseconds between two states while it plays; a long history goes faster. */
const PLAY_MS = 600;
const PLAY_SECONDS_AT_MOST = 60;

export function useMoment(history: HistorySnapshot, first: number | undefined): Moment {
  const { events, isLoaded } = history;
  const [eventId, setEventId] = useState(first);
  const [isPlaying, setIsPlaying] = useState(false);
  const [past] = useState(() => new PastRuns());
  const count = events.length;
  const shown = eventId === undefined || eventId > count ? undefined : Math.max(1, eventId);
  const runs = useMemo(
    () => [...(shown === undefined ? history.runs : past.at(events, shown)).runs],
    // The lists in the history grow in place; the snapshot tells that they did.
    [history, events, past, shown],
  );
  const go = useCallback((id: number | undefined): void => {
    setIsPlaying(false);
    setEventId(id === undefined ? undefined : Math.max(1, id));
  }, []);
  const step = useCallback(
    (by: "event" | "state", direction: 1 | -1): void => {
      const from = shown ?? count;
      const to = by === "event" ? from + direction : nextMoment(events, from, direction);
      go(to >= count && direction === 1 ? undefined : to);
    },
    [shown, count, events, go],
  );
  const play = useCallback(
    (isToPlay: boolean): void => {
      if (isToPlay && shown === undefined) setEventId(1);
      setIsPlaying(isToPlay);
    },
    [shown],
  );
  useEffect(() => {
    if (!isPlaying || shown === undefined) return;
    // Steps of states, or more at a time if there are thousands.
    const stride = Math.ceil(count / ((PLAY_SECONDS_AT_MOST * 1_000) / PLAY_MS));
    const timer = setTimeout(() => {
      const next = Math.max(nextMoment(events, shown, 1), shown + (stride > 4 ? stride : 0));
      if (next >= count) go(undefined);
      else setEventId(next);
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, shown, count, events, go]);
  const { runs: allRuns } = history;
  const runOf = useCallback((id: number) => allRuns.runOf(id), [allRuns]);
  return {
    eventId: shown,
    lastEventId: shown ?? count,
    at: shown === undefined ? undefined : events[shown - 1]?.timestamp,
    runs,
    runOf,
    events,
    isLoaded,
    isPlaying,
    go,
    step,
    play,
  };
}
