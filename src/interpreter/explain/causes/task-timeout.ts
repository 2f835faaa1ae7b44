/** Tasks that did not answer in time. */
import type { TaskState } from "../../../asl/definition.ts";
import type { StateVisit } from "../../visits/state-visit.ts";
import type { Explanation, Fact } from "../explanation.ts";
import type { FailureSite } from "../failure-site.ts";
import type { Past } from "../past.ts";
import { duration } from "../shown-value.ts";

export function taskTimeout(site: FailureSite): Explanation | undefined {
  const { state, visit, error, past } = site;
  if (error !== "States.Timeout" || state?.type !== "Task" || visit === undefined) return undefined;
  const failure = visit.failures.at(-1);
  if (failure?.eventType.endsWith("TimedOut") !== true) return undefined;
  const timeout = numberOf(past.detail(visit, "timeoutInSeconds"));
  const heartbeat = numberOf(past.detail(visit, "heartbeatInSeconds"));
  const since = countsFrom(site, visit, state);
  const waited = failure.at - since;
  const isHeartbeat =
    heartbeat !== undefined && (timeout === undefined || waited < timeout * 1_000);
  const facts: Fact[] = [
    { label: "Waited", value: duration(waited) },
    ...(timeout === undefined ? [] : [{ label: "TimeoutSeconds", value: String(timeout) }]),
    ...(heartbeat === undefined ? [] : [{ label: "HeartbeatSeconds", value: String(heartbeat) }]),
    { label: "Resource", value: state.resource.arn },
  ];
  if (isHeartbeat) return missedHeartbeat(state, heartbeat, facts);
  return timedOut(site, visit, state, timeout ?? Math.round(waited / 1_000), facts);
}

function missedHeartbeat(state: TaskState, heartbeat: number, facts: Fact[]): Explanation {
  return {
    summary: `Task state '${state.name}' missed a heartbeat: for its HeartbeatSeconds of ${heartbeat} s nobody called SendTaskHeartbeat, SendTaskSuccess or SendTaskFailure with its token.`,
    facts,
    fixes: [
      `Let the worker call SendTaskHeartbeat more often than every ${heartbeat} s while it works, from the moment it has the token.`,
      "Check that the worker is still alive, and raise HeartbeatSeconds if it is only slow.",
      "In Retry and Catch a missed heartbeat is States.Timeout, or States.HeartbeatTimeout.",
    ],
  };
}

function timedOut(
  { past }: FailureSite,
  visit: StateVisit,
  state: TaskState,
  timeout: number,
  facts: readonly Fact[],
): Explanation {
  const { name, resource } = state;
  const callback = resource.type === "Service" && resource.pattern === "WaitForTaskToken";
  if (callback) return unansweredCallback(past, visit, state, timeout, facts);
  if (resource.type === "Activity") {
    const worker = past.detail(visit, "workerName");
    const who = typeof worker === "string" ? `Worker '${worker}'` : "A worker";
    return {
      summary: `Task state '${name}' timed out: ${who} took the activity's task, but did not answer within its TimeoutSeconds of ${timeout} s.`,
      facts,
      fixes: [
        "Look into the worker: did it end or forget the task? It must call SendTaskSuccess or SendTaskFailure.",
        `Raise the TimeoutSeconds of '${name}' if the work takes longer.`,
        "Set HeartbeatSeconds and send heartbeats, to notice dead workers sooner.",
      ],
    };
  }
  const what =
    resource.type === "Service" ? `${resource.service}:${resource.action}` : "the Lambda function";
  const isJob = resource.type === "Service" && resource.pattern.startsWith("Sync");
  return {
    summary: `Task state '${name}' timed out: ${what} did not ${isJob ? "end its job" : "answer"} within its TimeoutSeconds of ${timeout} s.`,
    facts,
    fixes: [
      `Raise the TimeoutSeconds of '${name}' above what ${what} usually needs.`,
      "Look for what is slow behind it: its logs, its own time-outs, the services it calls.",
      'Add a Retry with ErrorEquals ["States.Timeout"]: States.TaskFailed does not match time-outs.',
    ],
  };
}

function unansweredCallback(
  past: Past,
  visit: StateVisit,
  state: TaskState,
  timeout: number,
  facts: readonly Fact[],
): Explanation {
  const submitted = visit.eventIds.find((id) => past.event(id)?.type === "TaskSubmitted");
  const sent =
    submitted === undefined
      ? "the call that should have handed out the token had not come back"
      : `the token was handed out (event ${submitted}), but nobody called SendTaskSuccess or SendTaskFailure with it`;
  return {
    summary: `Task state '${state.name}' timed out waiting for its callback: ${sent} within its TimeoutSeconds of ${timeout} s.`,
    facts,
    fixes: [
      "Check that whoever gets the message reads the task token ($$.Task.Token) out of it and calls SendTaskSuccess or SendTaskFailure with the whole token.",
      "Check that it calls the same endpoint as this server's, not AWS's.",
      `Raise the TimeoutSeconds of '${state.name}' if people need longer to answer.`,
    ],
  };
}

/** Activities count from the moment a worker took the task. */
function countsFrom({ past }: FailureSite, visit: StateVisit, state: TaskState): number {
  const type = state.resource.type === "Activity" ? "ActivityStarted" : "Scheduled";
  const id = visit.eventIds.findLast((one) => past.event(one)?.type.endsWith(type) === true);
  return (id === undefined ? undefined : past.event(id)?.at) ?? visit.enteredAt;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
