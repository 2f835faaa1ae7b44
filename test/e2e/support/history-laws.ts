/** What holds for every history, whatever the state machine. */

export interface AnyEvent {
  readonly id?: number | undefined;
  readonly previousEventId?: number | undefined;
  readonly type?: string | undefined;
}

/** Violations of: ids are 1..n, every event follows an earlier one, the first is the start, and only a redrive may follow an end. */
export function historyProblems(events: readonly AnyEvent[]): string[] {
  const problems: string[] = [];
  for (const [index, event] of events.entries()) {
    const id = index + 1;
    if (event.id !== id) problems.push(`event ${id} has the id ${event.id}`);
    const previous = event.previousEventId ?? -1;
    if (id === 1 ? previous !== 0 : previous < 0 || previous >= id) {
      problems.push(`event ${id} (${event.type}) follows event ${previous}`);
    }
    const isEnd = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(event.type ?? "");
    const next = events[index + 1];
    if (isEnd && next !== undefined && next.type !== "ExecutionRedriven")
      problems.push(`event ${id} is ${event.type}, but ${next.type} follows`);
  }
  if (events.length > 0 && events[0]?.type !== "ExecutionStarted")
    problems.push("no ExecutionStarted");
  return problems;
}

/** What an earlier look at a history shows that a later one does not show in the same words. */
export function lostEvents(before: readonly AnyEvent[], after: readonly AnyEvent[]): string[] {
  return before.flatMap((event, index) => {
    const now = JSON.stringify(after[index]);
    const then = JSON.stringify(event);
    return now === then ? [] : [`event ${index + 1} was ${then} and is ${now}`];
  });
}
