/** From our events to AWS's: type names and details, payloads as JSON text. */
import type { Resource } from "../asl/definition.ts";
import { isArray } from "../json/kind.ts";
import { stringify } from "../json/stringify.ts";
import type { Event } from "./event.ts";
import { frameOf } from "./evolve.ts";
import type { Execution } from "./execution.ts";
import type { HistoryDetails } from "./history.ts";
import { mapRunArn } from "./map-run.ts";

/** The public face of an event; undefined: AWS does not show it. Call before `evolve`. */
export function publicEvent(event: Event, execution: Execution): PublicEvent | undefined {
  switch (event.kind) {
    case "ExecutionStarted":
      return shown("ExecutionStarted", "executionStartedEventDetails", {
        ...input(stringify(event.input)),
        roleArn: execution.info.roleArn,
      });
    case "ExecutionSucceeded":
      return shown(
        "ExecutionSucceeded",
        "executionSucceededEventDetails",
        output(stringify(execution.root.input)),
      );
    case "ExecutionFailed":
      return shown("ExecutionFailed", "executionFailedEventDetails", failure(event));
    case "ExecutionTimedOut":
      return shown("ExecutionTimedOut", "executionTimedOutEventDetails", {
        error: "States.Timeout",
      });
    case "ExecutionRedriven": {
      const { redriveCount } = event;
      return shown("ExecutionRedriven", "executionRedrivenEventDetails", { redriveCount });
    }
    case "ExecutionAborted":
      return shown("ExecutionAborted", "executionAbortedEventDetails", failure(event));
    case "StateEntered": {
      const frame = frameOf(execution, event.frame);
      const type = frame.machine.states.get(event.name)?.type;
      return shown(`${type}StateEntered`, "stateEnteredEventDetails", {
        name: event.name,
        ...input(stringify(frame.input)),
      });
    }
    case "StateExited": {
      const { state } = frameOf(execution, event.frame);
      return shown(`${state?.type}StateExited`, "stateExitedEventDetails", {
        name: state?.name,
        ...output(stringify(event.output)),
        ...assigned(event),
      });
    }
    case "StateAborted":
      return shown(`${frameOf(execution, event.frame).state?.type}StateAborted`);
    case "FailedStateAborted": {
      const { phase } = frameOf(execution, event.frame);
      const child = phase.type === "Fork" ? phase.children.get(event.child) : undefined;
      return shown(`${child?.state?.type}StateAborted`);
    }
    case "ParallelStarted":
      return shown("ParallelStateStarted");
    case "MapStarted":
      return shown("MapStateStarted", "mapStateStartedEventDetails", {
        length: event.items.length,
      });
    case "DistributedMapStarted":
      return shown("MapStateStarted", "mapStateStartedEventDetails", {
        length: isArray(event.items) ? event.items.length : Object.keys(event.items).length,
      });
    case "MapRunStarted":
      return shown("MapRunStarted", "mapRunStartedEventDetails", {
        mapRunArn: mapRunArn(execution.info, event),
      });
    case "MapRunRedriven": {
      const { phase } = frameOf(execution, event.frame);
      if (phase.type !== "MapRun" || phase.run === undefined) return undefined;
      return shown("MapRunRedriven", "mapRunRedrivenEventDetails", {
        mapRunArn: mapRunArn(execution.info, phase.run),
        redriveCount: phase.run.redriveCount + 1,
      });
    }
    case "MapRunSucceeded":
    case "MapRunAborted":
      return shown(event.kind);
    case "MapRunFailed":
      return shown("MapRunFailed", "mapRunFailedEventDetails", failure(event));
    case "IterationStarted":
      return iteration(execution, "Started", event.frame, event.index);
    case "IterationSucceeded":
      return childIteration(execution, "Succeeded", event.frame);
    case "IterationFailed":
      return childIteration(execution, "Failed", event.frame);
    case "IterationAborted":
      return childIteration(execution, "Aborted", event.frame);
    case "ForkSucceeded":
      return shown(`${frameOf(execution, event.frame).state?.type}StateSucceeded`);
    case "ForkFailed":
      return shown(`${frameOf(execution, event.frame).state?.type}StateFailed`);
    case "EvaluationFailed":
      return shown("EvaluationFailed", "evaluationFailedEventDetails", {
        ...failure(event),
        ...(event.location === undefined ? {} : { location: event.location }),
        state: frameOf(execution, event.frame).state?.name,
      });
    case "TaskScheduled":
    case "TaskStarted":
    case "TaskSubmitted":
    case "TaskSucceeded":
    case "TaskFailed":
      return taskEvent(event, execution);
    case "HistoryAdopted":
    case "WaitStarted":
    case "WaitEnded":
    case "RetryScheduled":
    case "RetryStarted":
    case "TaskHeartbeat":
    case "TaskTimerArmed":
    case "BranchSucceeded":
    case "BranchFailed":
    case "ItemsCounted":
    case "ChildStarted":
    case "ChildEnded":
    case "ChildRedriven":
    case "ChildNotRedrivable":
    case "MapRunFailing":
    case "ResultsWritten":
    case "MapRunUpdated":
    case "ExpressEnded":
      return undefined;
  }
}

export interface PublicEvent {
  readonly type: string;
  readonly detailsName: string | undefined;
  readonly details: HistoryDetails | undefined;
}

function shown(type: string, detailsName?: string, details?: HistoryDetails): PublicEvent {
  return { type, detailsName, details };
}

function input(text: string): HistoryDetails {
  return { input: text, inputDetails: { truncated: false } };
}

function output(text: string): HistoryDetails {
  return { output: text, outputDetails: { truncated: false } };
}

function failure(event: { error: string | undefined; cause: string | undefined }): HistoryDetails {
  return {
    ...(event.error === undefined ? {} : { error: event.error }),
    ...(event.cause === undefined ? {} : { cause: event.cause }),
  };
}

function assigned(event: Event & { kind: "StateExited" }): HistoryDetails {
  if (event.assigned === undefined) return {};
  const texts = Object.fromEntries(
    Object.entries(event.assigned).map(([name, value]) => [name, stringify(value)]),
  );
  return { assignedVariables: texts, assignedVariablesDetails: { truncated: false } };
}

function iteration(
  execution: Execution,
  outcome: string,
  mapFrame: number,
  index: number,
): PublicEvent {
  const name = frameOf(execution, mapFrame).state?.name;
  return shown(`MapIteration${outcome}`, `mapIteration${outcome}EventDetails`, { name, index });
}

function childIteration(execution: Execution, outcome: string, childFrame: number): PublicEvent {
  const child = frameOf(execution, childFrame);
  return iteration(execution, outcome, child.parent!.id, child.index);
}

type TaskEvent = Event & {
  kind: "TaskScheduled" | "TaskStarted" | "TaskSubmitted" | "TaskSucceeded" | "TaskFailed";
};

/** Lambda functions, activities and service integrations have event families of their own. */
function taskEvent(event: TaskEvent, execution: Execution): PublicEvent {
  const { state } = frameOf(execution, event.frame);
  if (state?.type !== "Task") throw new Error("a task event outside a Task state");
  const { resource } = state;
  const outcome =
    event.kind === "TaskFailed" ? failedOutcome(event) : event.kind.slice("Task".length);
  const details = { ...resourceDetails(resource), ...taskDetails(event, resource, execution) };
  const family = { Lambda: "LambdaFunction", Activity: "Activity", Service: "Task" }[resource.type];
  if (family === "LambdaFunction" && outcome === "Started") return shown("LambdaFunctionStarted");
  const detailsName = `${family.charAt(0).toLowerCase()}${family.slice(1)}${outcome}EventDetails`;
  return shown(`${family}${outcome}`, detailsName, details);
}

/** AWS shows a missed heartbeat as a time-out. */
function failedOutcome({ how }: Event & { kind: "TaskFailed" }): string {
  return how === "HeartbeatMissed" ? "TimedOut" : how;
}

function resourceDetails(resource: Resource): HistoryDetails {
  if (resource.type !== "Service") return {};
  return { resourceType: resource.service, resource: resource.resource };
}

function taskDetails(event: TaskEvent, resource: Resource, execution: Execution): HistoryDetails {
  switch (event.kind) {
    case "TaskScheduled":
      return {
        ...(resource.type === "Service"
          ? { region: regionOf(execution), parameters: stringify(event.parameters) }
          : { resource: resource.arn, ...input(stringify(event.parameters)) }),
        ...(event.timeoutSeconds === undefined ? {} : { timeoutInSeconds: event.timeoutSeconds }),
        ...(event.heartbeatSeconds === undefined
          ? {}
          : { heartbeatInSeconds: event.heartbeatSeconds }),
        ...(event.credentials === undefined
          ? {}
          : { taskCredentials: taskCredentials(event.credentials) }),
      };
    case "TaskStarted":
      return event.workerName === undefined ? {} : { workerName: event.workerName };
    case "TaskSubmitted":
    case "TaskSucceeded":
      return output(stringify(event.output));
    case "TaskFailed":
      return failure(event);
  }
}

/** `{ RoleArn }` of the definition is `{ roleArn }` in the API. */
function taskCredentials(credentials: unknown): HistoryDetails {
  const { RoleArn } = credentials as { RoleArn?: unknown };
  return { roleArn: RoleArn };
}

function regionOf(execution: Execution): string {
  return execution.info.arn.split(":")[3] ?? "";
}
