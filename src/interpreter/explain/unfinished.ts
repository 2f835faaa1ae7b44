/** Executions that did not come to an end by themselves: timed out, stopped, or still running. */
import type { TaskState } from "../../asl/definition.ts";
import type { HistoryEvent } from "../history.ts";
import { detailOf, isOpen, type StateVisit } from "../visits/state-visit.ts";
import { cut, type Explanation, type Fact } from "./explanation.ts";
import type { Past } from "./past.ts";
import { count, duration, listed } from "./shown-value.ts";

/** Open states that are told. */
const MAX_OPEN = 5;
/** Longest an EXPRESS execution can run, in seconds (Step Functions quotas). */
const EXPRESS_SECONDS = 300;

/** What one open state waits for. */
interface Waiting {
  readonly visit: StateVisit;
  readonly what: string;
  readonly fixes: readonly string[];
}

/** The states that were under way, the innermost and newest first. */
export function openVisits({ index }: Past): StateVisit[] {
  const open = index.visits.filter((visit) => isOpen(visit));
  const around = new Set(open.map(({ line }) => line.parent));
  return open.filter((visit) => !around.has(visit)).toReversed();
}

/** The time-out of the whole execution. */
export function executionTimeout(past: Past, end: HistoryEvent): Explanation {
  const { definition, info } = past.execution;
  const waiting = waitingOf(past, end.at);
  const isExpress = info.arn.includes(":express:");
  const limit = definition.timeoutSeconds ?? (isExpress ? EXPRESS_SECONDS : undefined);
  const took = duration(end.at - info.startedAt);
  const isBound = isExpress && limit === EXPRESS_SECONDS;
  const bound =
    limit === undefined
      ? `It timed out after ${took}`
      : isBound
        ? `It ran longer than the ${limit} s that an EXPRESS execution may last`
        : `It ran longer than the TimeoutSeconds of the whole state machine, ${limit} s`;
  return {
    summary: `${bound}.${whileText(waiting)}`,
    facts: [
      { label: "Ran for", value: took },
      ...(limit === undefined ? [] : [{ label: "TimeoutSeconds", value: String(limit) }]),
      ...waitingFacts(waiting),
      ...slowest(past, end.at),
    ],
    fixes: [
      ...waiting.flatMap(({ fixes }) => fixes),
      isBound
        ? "Use a STANDARD state machine for work that takes longer than 5 minutes; EXPRESS cannot be extended."
        : "Raise TimeoutSeconds at the top of the definition, if the work takes so long.",
      "Give the slow states TimeoutSeconds of their own: then Retry and Catch can deal with them.",
    ],
  };
}

/** StopExecution, or the deletion of the state machine. */
export function executionStopped(past: Past, end: HistoryEvent): Explanation {
  const waiting = waitingOf(past, end.at);
  const error = detailOf(end, "error");
  const cause = detailOf(end, "cause");
  const given = [
    ...(error === undefined || error === "" ? [] : [`error ${cut(error, 120)}`]),
    ...(cause === undefined || cause === "" ? [] : [`cause "${cut(cause, 300)}"`]),
  ];
  const reason =
    given.length === 0 ? "no error and no cause were given" : `with ${given.join(" and ")}`;
  return {
    summary: `Somebody stopped it with StopExecution (or deleted its state machine); ${reason}.${whileText(waiting)}`,
    facts: [
      { label: "Stopped after", value: duration(end.at - past.execution.info.startedAt) },
      ...waitingFacts(waiting),
    ],
    fixes: [
      "RedriveExecution lets it go on from where it was stopped.",
      ...waiting.flatMap(({ fixes }) => fixes),
      ...(given.length === 0
        ? ["Give StopExecution an error and a cause, to tell others why."]
        : []),
    ],
  };
}

/** `now`: epoch milliseconds up to which it waited. */
export function stillRunning(past: Past, now: number): Explanation {
  const waiting = waitingOf(past, now);
  return {
    summary: `It is still running.${whileText(waiting).replace("At that time it was", "It is")}`,
    facts: [
      { label: "Runs for", value: duration(now - past.execution.info.startedAt) },
      ...waitingFacts(waiting),
    ],
    fixes: waiting.flatMap(({ fixes }) => fixes),
  };
}

function waitingOf(past: Past, until: number): Waiting[] {
  return openVisits(past)
    .slice(0, MAX_OPEN)
    .map((visit) => ({ visit, ...reasonOf(past, visit, until) }));
}

function whileText(waiting: readonly Waiting[]): string {
  const [first] = waiting;
  if (first === undefined) return "";
  const others =
    waiting.length > 1
      ? ` (${count(waiting.length, "state")} were under way: ${listed(waiting.map(({ visit }) => `'${visit.name}'`))})`
      : "";
  return ` At that time it was in ${first.visit.type} state '${first.visit.name}': ${first.what}${others}.`;
}

function waitingFacts(waiting: readonly Waiting[]): Fact[] {
  return waiting.map(({ visit, what }) => ({
    label: `'${visit.name}', entered with event ${visit.enteredEventId}`,
    value: what,
  }));
}

function reasonOf(
  past: Past,
  visit: StateVisit,
  until: number,
): { readonly what: string; readonly fixes: readonly string[] } {
  const state = past.state(visit);
  const since = duration(Math.max(0, until - visit.lastAt));
  const last = past.index.place(visit.lastEventId)?.type ?? "";
  if (state?.type === "Wait") return { what: `waiting for ${since}`, fixes: [] };
  if (visit.failures.at(-1)?.eventId === visit.lastEventId) {
    const error = visit.failures.at(-1)?.error ?? "an error";
    return {
      what: `attempt ${visit.failures.length} failed with ${cut(error, 120)}, and the next one was due after the pause of its Retry`,
      fixes: [`Look at the failure of event ${visit.lastEventId}: Retry only repeats it.`],
    };
  }
  if (state?.type === "Task") return taskReason(state, last, since);
  return { what: `entered ${since} before`, fixes: [] };
}

function taskReason(
  { name, resource, timeoutSeconds }: TaskState,
  last: string,
  since: string,
): { readonly what: string; readonly fixes: readonly string[] } {
  const bound =
    timeoutSeconds === undefined
      ? [`Give '${name}' TimeoutSeconds, so that it does not wait for ever.`]
      : [];
  if (resource.type === "Activity") {
    return last === "ActivityScheduled"
      ? {
          what: `for ${since} no worker has taken its task of activity ${resource.arn.split(":").pop()}`,
          fixes: [
            `Start a worker that polls GetActivityTask for ${resource.arn}; check that it uses this server's endpoint.`,
            ...bound,
          ],
        }
      : {
          what: `a worker took its task ${since} before and has not answered`,
          fixes: [
            "Look into the worker: it must call SendTaskSuccess or SendTaskFailure.",
            ...bound,
          ],
        };
  }
  if (resource.type === "Service" && resource.pattern === "WaitForTaskToken") {
    return {
      what: `for ${since} nobody has answered its callback token with SendTaskSuccess or SendTaskFailure`,
      fixes: [
        `Check that the receiver of the message reads the task token and answers it: aws stepfunctions send-task-success --task-token TOKEN --task-output '{}'.`,
        ...bound,
      ],
    };
  }
  const isJob = resource.type === "Service" && resource.pattern.startsWith("Sync");
  const what =
    resource.type === "Service" ? `${resource.service}:${resource.action}` : "the Lambda function";
  return {
    what: isJob
      ? `for ${since} its job (${what}) had not ended`
      : `for ${since} ${what} had not answered`,
    fixes: bound,
  };
}

/** The states that took most of the time. */
function slowest({ index }: Past, until: number): Fact[] {
  const spent = new Map<string, number>();
  for (const { name, type, enteredAt, exitedAt, line } of index.visits) {
    if (type === "Parallel" || type === "Map" || line.parent !== undefined) continue;
    spent.set(name, (spent.get(name) ?? 0) + (exitedAt ?? until) - enteredAt);
  }
  return [...spent]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 3)
    .filter(([, time]) => time > 0)
    .map(([name, time]) => ({ label: `Time in '${name}'`, value: duration(time) }));
}
